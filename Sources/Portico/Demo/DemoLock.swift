import Foundation

/// Keeps a second demonstration out of the folder: the kernel lets the lock go when this process ends in any way.
struct DemoLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: ``CommandRefusal`` when another process has it, or the folder cannot be written.
    init(folder: URL) throws {
        let file = folder.appending(path: "lock").path
        self.descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard self.descriptor >= 0 else {
            throw CommandRefusal("cannot write to \(folder.path): choose another folder with --folder")
        }
        guard flock(self.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(self.descriptor)
            throw CommandRefusal(
                "a demonstration already runs in \(folder.path): stop it, or choose another folder with --folder"
            )
        }
    }

    deinit {
        close(self.descriptor)
    }
}
