import Feeds

/// What a statement is written in.
enum StatementSyntax {
  case csv, xml

  static let namespace = "urn:payout:statement:1"

  /// What a file's first bytes say that it is; nil where it is no statement.
  static func of(_ feed: FeedFile) -> StatementSyntax? {
    of(head(of: feed))
  }

  static func of(_ head: [UInt8]) -> StatementSyntax? {
    let head = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    if head.starts(with: Array("participantId,lineNumber,lineType,".utf8)) { return .csv }
    let text = String(decoding: head, as: UTF8.self)
    return text.contains("<statement ") && text.contains(namespace) ? .xml : nil
  }

  /// The bytes of a file as far as they tell what it is.
  private static func head(of feed: FeedFile) -> [UInt8] {
    guard var source = try? FeedByteReader(feed) else { return [] }
    var buffer = [UInt8](repeating: 0, count: 1024)
    let count = (try? source.read(into: &buffer, at: 0, count: buffer.count)) ?? 0
    return Array(buffer[..<count])
  }
}
