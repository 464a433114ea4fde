/// A column of a sheet.
package struct WorkbookColumn: Sendable {
  /// What its cells hold.
  package enum Kind: Sendable {
    /// A name or number of something, which stays a text also when somebody edits it.
    case id
    case text
    case amount
    case count
    case date
  }

  package var name: String
  package var kind: Kind
  /// In characters.
  package var width: Int

  package init(_ name: String, _ kind: Kind, width: Int) {
    self.name = name
    self.kind = kind
    self.width = width
  }
}
