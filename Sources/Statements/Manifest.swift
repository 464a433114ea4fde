package import Domain
import FoundationEssentials

/// `run.json`: what went in, what came out, and the proof that it adds up.
package struct Manifest: Encodable, Sendable {
  /// A file and its digest.
  package struct File: Encodable, Sendable {
    package var path: String
    package var sha256: String
    package var bytes: Int

    package init(path: String, sha256: String, bytes: Int) {
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
    }
  }

  /// A feed that was taken in.
  package struct Feed: Encodable, Sendable {
    package var name: String
    package var sha256: String
    package var feedId: String?
    package var rows: Int
    /// By code; findings past the limit are counted too.
    package var findings: [String: Int]
    package var findingsListed: Int

    package init(
      name: String, sha256: String, feedId: String?, rows: Int, findings: [String: Int],
      findingsListed: Int
    ) {
      self.name = name
      self.sha256 = sha256
      self.feedId = feedId
      self.rows = rows
      self.findings = findings
      self.findingsListed = findingsListed
    }
  }

  /// A check of docs/rules.md, "What must add up", and over how many things it was made.
  package struct Check: Encodable, Sendable {
    package var rule: String
    package var checked: Int

    package init(rule: String, checked: Int) {
      self.rule = rule
      self.checked = checked
    }
  }

  package var state: String
  package var period: String
  package var asOf: String
  package var rounding: String
  package var inputs: [File] = []
  package var feeds: [Feed] = []
  package var outputs: [File] = []
  /// The reports, whose digests stand beside them; nil where there are none.
  package var reports: [String]?
  /// Rows by bucket.
  package var rows: [String: Int] = [:]
  /// By currency code.
  package var paid: [String: String] = [:]
  package var payments = 0
  package var holds = 0
  package var proof: [Check] = []

  package init(state: String, period: Period, asOf: Day, rounding: String) {
    self.state = state
    self.period = period.text
    self.asOf = asOf.text
    self.rounding = rounding
  }

  /// The document, the same bytes for the same content.
  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }
}
