import ByteStreams
import Domain
import Ledger

/// A file of a bank while a command reads it: a copy of its own, so that what was read is what is
/// kept, whoever writes the original meanwhile.
struct StagedBankFile {
  /// As it was named.
  let path: String
  /// The copy.
  let copy: String
  let digest: SHA256Digest

  /// Without its directories.
  var deliveredAs: String { FileSystem.name(of: path) }
}

/// Keeps the files of banks that were reconciled, by their digests.
struct BankArchive {
  static let stagedPrefix = ".new-"
  private static let chunkBytes = 1 << 18

  let paths: WorkspacePaths

  /// Copies a file.
  ///
  /// - Throws: ``RunFailure`` with code 66 if it cannot be read; ``FileError``.
  func stage(_ path: String, number: Int) throws -> StagedBankFile {
    try FileSystem.createDirectory(paths.bankArchive)
    var source: ByteSource
    do throws(ByteSourceFault) {
      source = try ByteSource(path: path)
    } catch {
      throw RunFailure(.noInput, "\(SafeText.escaped(path)) cannot be read: \(Self.what(error))")
    }
    let copy = paths.bankArchive + "/" + BankArchive.stagedPrefix + String(number)
    var buffer = [UInt8](repeating: 0, count: BankArchive.chunkBytes)
    do {
      let output = try ReplacingFile.write(copy, synced: true) { file in
        while true {
          let count = try source.read(into: &buffer, at: 0, count: buffer.count)
          guard count > 0 else { break }
          try file.write(Array(buffer[..<count]))
        }
      }
      return StagedBankFile(path: path, copy: copy, digest: output.digest)
    } catch {
      // It may stand there already, if only its name could not be synced.
      try? FileSystem.removeFile(copy)
      throw error
    }
  }

  private static func what(_ fault: ByteSourceFault) -> String {
    switch fault {
    case .io(let error): error.description
    case .notARegularFile: "it is no regular file"
    case .damaged(let what), .unsupported(let what): what
    case .expansionLimit: "it expands to too much"
    }
  }

  /// Under which name a file is kept: its own, unless another one has that, be it one of which the
  /// ledger knows nothing.
  func name(of file: StagedBankFile, taken: Set<String>) -> String {
    let characters = file.deliveredAs.unicodeScalars.prefix(120).map { scalar in
      scalar.isASCII && scalar.value > 0x20 && scalar != "/" && scalar.value < 0x7F
        ? Character(scalar) : "_"
    }
    var name = String(characters)
    if name.isEmpty || name.hasPrefix(".") { name = "_" + name }
    let isTaken = taken.contains(name) || isOther(paths.bankArchive + "/" + name, file.digest)
    return isTaken ? "\(name)~\(file.digest.hex.prefix(8))" : name
  }

  private func isOther(_ path: String, _ digest: SHA256Digest) -> Bool {
    guard FileSystem.entryExists(path) else { return false }
    return (try? SHA256Digest.ofFile(path).0) != digest
  }

  /// Gives copies their final names. What an ended process left under one is replaced.
  ///
  /// - Throws: ``FileError``.
  func keep(_ files: [(StagedBankFile, LedgerBankFile)]) throws(FileError) {
    for (staged, file) in files {
      // What has the name is the same file, kept by a process that was ended before its commit.
      try FileSystem.removeFile(paths.archived(file))
      try FileSystem.renameFile(staged.copy, to: paths.archived(file))
    }
    try FileSystem.syncDirectory(paths.bankArchive)
  }

  /// Removes copies that are not kept.
  func forget(_ files: [StagedBankFile]) {
    for file in files { try? FileSystem.removeFile(file.copy) }
  }
}
