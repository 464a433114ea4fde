import ByteStreams

/// What the file of the ledger is, found out without changing it.
enum LedgerFile {
  /// What is at the path of the ledger.
  enum Content: Hashable {
    case missing
    /// A file whose making was interrupted: nothing was ever recorded in it.
    case empty
    /// A database with the mark of ours.
    case ledger
    /// Anything else, and what tells so.
    case foreign(reason: String)
  }

  private static let headerBytes = 100
  private static let magic = Array("SQLite format 3\u{0}".utf8)
  private static let journalMagic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  /// Looks at the header of the file.
  ///
  /// - Throws: ``LedgerFault``.
  static func content(_ path: String) throws(LedgerFault) -> Content {
    switch FileSystem.kind(path) {
    case .missing: return .missing
    case .directory: return .foreign(reason: "it is a directory")
    case .file, .other: break
    }
    let header = try beginning(path)
    if header.isEmpty { return .empty }
    // A database whose first transaction was interrupted: SQLite takes that back when it opens it.
    if !header.starts(with: magic) || header.count < headerBytes {
      return try isInterruptedCreation(path)
        ? .empty : .foreign(reason: "it is not an SQLite database")
    }
    guard number(header, at: 68) == LedgerSchema.applicationId else {
      return .foreign(reason: "it is a database of another program")
    }
    return try isCutOff(path, header) ? .foreign(reason: "it is cut off") : .ledger
  }

  /// Makes an empty file, for its owner only; SQLite gives its journal the same permissions.
  ///
  /// - Throws: ``LedgerFault``.
  static func create(_ path: String) throws(LedgerFault) {
    do throws(FileError) {
      try FileSystem.writeFileAtomically(path, [])
    } catch {
      throw .file(error, path)
    }
  }

  /// Whether a journal says that there was no page before the transaction that was interrupted.
  private static func isInterruptedCreation(_ path: String) throws(LedgerFault) -> Bool {
    let journal = path + "-journal"
    guard FileSystem.kind(journal) == .file else { return false }
    let header = try beginning(journal)
    return header.count >= 20 && header.starts(with: journalMagic) && number(header, at: 16) == 0
  }

  /// Whether pages are missing that the header counts; SQLite would take a missing end for zeros.
  ///
  /// With a journal beside it the file is in the middle of a transaction, which SQLite takes back.
  private static func isCutOff(
    _ path: String, _ header: [UInt8]
  ) throws(LedgerFault) -> Bool {
    guard FileSystem.kind(path + "-journal") == .missing else { return false }
    let size = Int64(header[16]) << 8 | Int64(header[17])
    let pageBytes = size == 1 ? 65536 : size
    do throws(FileError) {
      return try Int64(FileSystem.status(path).size) < number(header, at: 28) * pageBytes
    } catch {
      throw .file(error, path)
    }
  }

  private static func beginning(_ path: String) throws(LedgerFault) -> [UInt8] {
    do throws(ByteSourceFault) {
      var source = try ByteSource(path: path)
      var bytes = [UInt8](repeating: 0, count: headerBytes)
      let read = try source.read(into: &bytes, at: 0, count: headerBytes)
      return Array(bytes.prefix(read))
    } catch {
      switch error {
      case .io(let error): throw .file(error, path)
      case .notARegularFile: throw .damaged(path: path, reason: "it is not a regular file")
      case .damaged(let reason), .unsupported(let reason), .expansionLimit(let reason):
        throw .damaged(path: path, reason: reason)
      }
    }
  }

  /// Four bytes, the most significant first.
  private static func number(_ bytes: [UInt8], at start: Int) -> Int64 {
    bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int64($1) }
  }
}
