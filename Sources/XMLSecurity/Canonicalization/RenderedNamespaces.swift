import CXMLSec

/// The namespace declarations that were written on the elements around a place, innermost last.
struct RenderedNamespaces {
    private var declarations: [NamespaceDeclaration] = []

    /// How many stand around this place.
    var count: Int { self.declarations.count }

    /// Adds a declaration, unless the nearest one of its prefix says the same.
    ///
    /// Where there is none, no prefix stands for no namespace; the prefix `xml` is never declared.
    mutating func use(_ declaration: NamespaceDeclaration) {
        let nearest = self.declarations.last { $0.hasPrefix(of: declaration) }
        guard nearest?.hasName(of: declaration) != true else { return }
        if nearest == nil, declaration.isImplied { return }
        self.declarations.append(declaration)
    }

    /// Writes the declarations that were added after the first so many, in the order of their prefixes.
    mutating func write(from first: Int, to output: inout [UInt8]) {
        if self.declarations.count - first > 1 { self.declarations[first...].sort { $0.precedes($1) } }
        for index in first..<self.declarations.count { self.declarations[index].write(to: &output) }
    }

    /// Forgets all but the first so many, when their element ends.
    mutating func leave(to count: Int) {
        self.declarations.removeLast(self.declarations.count - count)
    }
}
