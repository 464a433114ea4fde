/// One thing to say about the input: what, where, and what to do about it.
///
/// Every way of showing findings is a rendering of this.
package struct Finding: Hashable, Sendable {
  /// The source line with the place in it, for people.
  package struct Excerpt: Hashable, Sendable {
    /// At most some 120 bytes of the line, control characters escaped.
    package var text: String
    /// How many characters stand before the place.
    package var caret: Int

    package init(text: String, caret: Int) {
      self.text = text
      self.caret = caret
    }
  }

  package var code: FindingCode
  /// The feed's name, or the file of the workspace, `registry/partners.csv`.
  package var feed: String
  /// Counts from 1; nil where a finding is about the whole file.
  package var line: Int?
  /// Counts from 1, in bytes.
  package var column: Int?
  /// Counts from 0 in the decompressed feed, byte order mark included.
  package var byteOffset: Int?
  package var earningId = ""
  package var participantId = ""
  package var field = ""
  /// Shown safely: see ``SafeText``.
  package var value = ""
  package var message: String
  package var remedy: String
  package var excerpt: Excerpt?

  package init(
    _ code: FindingCode, feed: String, line: Int? = nil, column: Int? = nil,
    byteOffset: Int? = nil, field: String = "", value: String = "", message: String,
    remedy: String? = nil
  ) {
    self.code = code
    self.feed = feed
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
    self.field = field
    self.value = value
    self.message = message
    self.remedy = remedy ?? code.remedy
  }

  package var severity: Severity { code.severity }

  /// The order in which findings are listed: by feed, line, column, code.
  package static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if left.feed != right.feed { return precedesInBytes(left.feed, right.feed) }
    let places = ((left.line ?? 0, left.column ?? 0), (right.line ?? 0, right.column ?? 0))
    if places.0 != places.1 { return places.0 < places.1 }
    return left.code < right.code
  }
}
