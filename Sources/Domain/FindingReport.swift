/// Everything that a command has to say about its input: what every format of findings is made of.
package struct FindingReport: Sendable {
  /// A feed, or a file of the workspace, and what is said about it.
  package struct Source: Sendable {
    /// As the findings name it.
    package var name: String
    /// Where the file stands once the command has ended, as seen from the working directory.
    package var path: String
    /// The name under which it was delivered, which says whether it is compressed.
    package var deliveredAs: String
    /// Rows that were read; nil where it is no feed.
    package var rows: Int?
    /// The feed as a whole was not taken in.
    package var isRefused = false
    package var findings: FindingLog

    /// - Parameters:
    ///   - path: Nil where the name is one.
    ///   - deliveredAs: Nil where it stands under the name of its delivery.
    package init(
      _ name: String, path: String? = nil, deliveredAs: String? = nil, rows: Int? = nil,
      isRefused: Bool = false, findings: FindingLog = FindingLog(limit: .max)
    ) {
      self.name = name
      self.path = path ?? name
      self.deliveredAs = deliveredAs ?? self.path
      self.rows = rows
      self.isRefused = isRefused
      self.findings = findings
    }
  }

  /// By name; a name may come twice, as two files of an inbox may have it.
  package private(set) var sources: [Source] = []
  /// Why the command ended without doing what it was asked to; nil if it did.
  package var failure: String?
  /// The exit code of the command.
  package var exitCode: Int32 = 0

  package init(_ sources: [Source] = []) {
    self.sources = sources.sorted { precedesInBytes($0.name, $1.name) }
    for position in self.sources.indices { self.sources[position].findings.sort() }
  }

  /// Findings that are no feed's own: of each file that they are about.
  ///
  /// - Parameter path: Where a file stands, by its name in the findings.
  package init(_ findings: [Finding], path: (String) -> String) {
    let byFile = Dictionary(grouping: findings, by: \.feed)
    self.init(
      byFile.map { name, findings in
        Source(name, path: path(name), findings: FindingLog(findings))
      })
  }

  /// The findings that are listed, in the order in which they are shown.
  package var listed: [Finding] { sources.flatMap(\.findings.listed) }

  /// How many findings there are, those not listed included.
  package var total: Int { sources.reduce(0) { $0 + $1.findings.total } }

  /// How many findings are counted but not listed.
  package var leftOut: Int { sources.reduce(0) { $0 + $1.findings.leftOut } }

  /// The most that is said, nil if nothing is.
  package var worst: Severity? { sources.compactMap(\.findings.worst).max() }
}
