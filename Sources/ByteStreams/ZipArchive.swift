import Glibc

/// The files of a zip archive, each expanded by itself.
///
/// What the directory says is proved before a byte is expanded: no two files share bytes, and all
/// of them together stay within the limit. No file expands to more than the directory says of it.
package struct ZipArchive: ~Copyable {
  /// A file in the archive.
  package struct Member: Sendable {
    /// As it stands in the archive, its directories included: shown and compared, and never a path.
    package var name: String {
      String(decoding: entry.name, as: UTF8.self)
    }
    /// The name without directories.
    package var lastComponent: String {
      String(decoding: entry.lastComponent, as: UTF8.self)
    }
    let entry: ZipEntry
  }

  /// In the order of the directory, without what systems put beside the files that are meant.
  package let members: [Member]
  private let file: OpenFile
  private let directoryOffset: Int

  /// Opens a regular file.
  ///
  /// - Throws: ``ByteSourceFault``.
  package init(_ path: String) throws(ByteSourceFault) {
    let file = try ByteSource.open(path)
    let directory = try ZipDirectory(file)
    self.file = file
    directoryOffset = directory.offset
    members = directory.entries.filter(\.isContent).map { Member(entry: $0) }
  }

  /// Makes sure that all members can be expanded, as far as the directory tells.
  ///
  /// - Parameter limit: Of all members together, by the size of the whole archive.
  /// - Throws: ``ByteSourceFault``.
  package func check(_ limit: ExpansionLimit) throws(ByteSourceFault) {
    var expanded = 0
    for member in members {
      let (sum, overflow) = expanded.addingReportingOverflow(member.entry.size)
      guard !overflow else { throw .expansionLimit(file.path) }
      expanded = sum
    }
    guard limit.allows(expanded, of: try file.zipSize()) else { throw .expansionLimit(file.path) }
    // The same bytes for several files: they may expand to very much in all.
    var end = 0
    for entry in members.map(\.entry).sorted(by: { $0.offset < $1.offset }) {
      guard entry.offset >= end else { throw .damaged("two of its files share the same bytes") }
      end = try entry.start(file, end: directoryOffset) + entry.compressedSize
    }
  }

  /// Expands a member, piece by piece.
  ///
  /// - Precondition: ``check(_:)`` was content: nothing limits here but what the directory says.
  /// - Throws: ``ByteSourceFault``, also after some pieces; what `body` throws.
  package func expand(_ member: Member, _ body: ([UInt8]) throws -> Void) throws {
    let expander = try ZipExpander(
      file, member.entry, before: directoryOffset, limit: ExpansionLimit(ratio: .max, bytes: .max))
    let bytesAtOnce = 1 << 18
    while true {
      var piece = [UInt8](repeating: 0, count: bytesAtOnce)
      let count = try expander.read(from: file, into: &piece, at: 0, count: bytesAtOnce)
      if count < bytesAtOnce { piece.removeLast(bytesAtOnce - count) }
      if !piece.isEmpty { try body(piece) }
      if count < bytesAtOnce { return }
    }
  }
}
