/// Writes a message with one subtree put somewhere else.
struct TransplantWriter {
    private let tree: TransplantTree
    private let transplant: Transplant
    private let subtree: Int
    private let target: WrappingEngine.Position
    private var bytes: [UInt8] = []

    /// Writes the whole document.
    static func write(
        _ tree: TransplantTree,
        _ transplant: Transplant,
        subtree: Int,
        to target: WrappingEngine.Position
    ) -> [UInt8] {
        var writer = TransplantWriter(tree: tree, transplant: transplant, subtree: subtree, target: target)
        writer.write(0, .rest)
        return writer.bytes
    }

    private init(tree: TransplantTree, transplant: Transplant, subtree: Int, target: WrappingEngine.Position) {
        self.tree = tree
        self.transplant = transplant
        self.subtree = subtree
        self.target = target
    }

    private mutating func write(_ number: Int, _ side: Transplant.Side) {
        let element = self.tree.elements[number]
        if element.isSignature, self.transplant.dropsSignatures, self.transplant.forged == side { return }
        self.write(element.startTag, side)
        var slot = 0
        for content in element.contents {
            switch content {
            case .text(let text): self.write(text, side)
            case .element(let child):
                let isTarget = side == .rest && self.target == WrappingEngine.Position(parent: number, slot: slot)
                if isTarget { self.write(self.subtree, .transplanted) }
                let isReplaced = isTarget && self.transplant.operation == .replace
                let isMoved = side == .rest && child == self.subtree && self.transplant.operation == .move
                if !isReplaced, !isMoved { self.write(child, side) }
                slot += 1
            }
        }
        if side == .rest, self.target == WrappingEngine.Position(parent: number, slot: slot) {
            self.write(self.subtree, .transplanted)
        }
        self.bytes += element.endTag
    }

    private mutating func write(_ piece: TransplantTree.Piece, _ side: Transplant.Side) {
        let bytes =
            switch (self.transplant.forged == side, self.transplant.renamed == side) {
            case (false, false): piece.plain
            case (true, false): piece.forged
            case (false, true): piece.renamed
            case (true, true): piece.forgedAndRenamed
            }
        self.bytes += bytes
    }
}
