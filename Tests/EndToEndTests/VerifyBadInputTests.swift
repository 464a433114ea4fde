import Foundation
import Testing

/// What was changed behind the program's back stops it with an exit code that says of what kind it
/// is, and nothing in the workspace changes.
@Suite("Ledger, archive and closed periods that were changed")
struct VerifyBadInputTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    /// Exit codes by command.
    var codes: [String: Int32]
    /// What the talk says.
    var says: String
    var change: @Sendable (URL) throws -> Void

    var testDescription: String { name }
  }

  private static let feed = "partner-center-2026-10.csv"

  /// Of whatever is wrong with the copies of a closed period.
  private static let kept: [String: Int32] = [
    "run": 74, "close": 74, "retake": 74, "verify": 65, "statement": 74,
  ]

  static let cases: [Case] = [
    // The version stands in the header of the file, most significant byte first.
    Case(
      name: "a ledger of a newer version",
      codes: ["run": 74, "close": 74, "retake": 74, "verify": 74, "status": 74],
      says: "this program knows versions up to"
    ) { try VerifyWorkspace.flip($0, "ledger/ledger.sqlite", at: 61) },
    Case(
      name: "a ledger that is no database",
      codes: ["run": 74, "close": 74, "retake": 74, "verify": 65, "status": 74],
      says: "it is not an SQLite database"
    ) { try Data("no database".utf8).write(to: $0.appending(path: "ledger/ledger.sqlite")) },
    Case(
      name: "a ledger that was cut off",
      codes: ["run": 74, "close": 74, "retake": 74, "verify": 65, "status": 74],
      says: "ledger.sqlite"
    ) {
      let url = $0.appending(path: "ledger/ledger.sqlite")
      try Data(try Data(contentsOf: url).dropLast(5000)).write(to: url)
    },
    Case(
      name: "damaged fates of the open period's feed",
      codes: ["run": 74, "close": 74, "verify": 65, "status": 74], says: "feed-000005.fates"
    ) { try VerifyWorkspace.flip($0, "ledger/segments/feed-000005.fates") },
    Case(
      name: "missing findings of the open period's feed",
      codes: ["run": 74, "close": 74, "verify": 65], says: "feed-000005.findings"
    ) { try VerifyWorkspace.remove($0, "ledger/segments/feed-000005.findings") },
    Case(
      name: "keys that were cut off",
      codes: ["run": 74, "close": 74, "retake": 74, "verify": 65, "status": 74],
      says: "feed-000001.keys"
    ) {
      let url = $0.appending(path: "ledger/segments/feed-000001.keys")
      try Data(try Data(contentsOf: url).dropLast(8)).write(to: url)
    },
    Case(
      name: "an archived feed of the open period with a row less",
      codes: ["run": 74, "close": 74, "verify": 65], says: "archive/2026-11/november.csv"
    ) {
      try VerifyWorkspace.edit($0, "archive/2026-11/november.csv") { text in
        text.components(separatedBy: "\n").filter { !$0.hasPrefix("N-2") }.joined(separator: "\n")
      }
    },
    Case(
      name: "an archived feed of the open period with a row more",
      codes: ["run": 74, "close": 74, "statement": 74, "explain": 74, "verify": 65],
      says: "archive/2026-11/november.csv"
    ) {
      try VerifyWorkspace.edit($0, "archive/2026-11/november.csv") { text in
        text + text.split(separator: "\n")[1].replacing("N-1", with: "N-4") + "\n"
      }
    },
    Case(
      name: "another amount in the archived feed of the open period",
      codes: ["run": 74, "close": 74, "statement": 74, "explain": 74, "verify": 65],
      says: "archive/2026-11/november.csv"
    ) {
      try VerifyWorkspace.edit($0, "archive/2026-11/november.csv") {
        $0.replacing("900.00", with: "9900.00")
      }
    },
    Case(
      name: "another lever in the archived feed of the open period",
      codes: ["run": 74, "close": 74, "verify": 65], says: "archive/2026-11/november.csv"
    ) {
      try VerifyWorkspace.edit($0, "archive/2026-11/november.csv") {
        $0.replacing("Direct Bill Partner", with: "Indirect Partner")
      }
    },
    Case(
      name: "no archived feed of the open period",
      codes: ["run": 74, "close": 74, "retake": 74, "verify": 65],
      says: "archive/2026-11/november.csv"
    ) { try VerifyWorkspace.remove($0, "archive/2026-11/november.csv") },
    Case(
      name: "another amount in the feed that is taken again",
      codes: ["retake": 74, "verify": 65], says: "archive/2026-10/" + feed
    ) { try VerifyWorkspace.flip($0, "archive/2026-10/" + feed) },
    Case(
      name: "a rate of a closed period", codes: ["run": 78, "close": 78, "retake": 78],
      says: "X914"
    ) {
      try VerifyWorkspace.edit($0, "exchange-rates.csv") {
        $0.replacing("2026-10,USD,EUR,0.86", with: "2026-10,USD,EUR,0.87")
      }
    },
    Case(
      name: "a posted adjustment", codes: ["run": 78, "close": 78, "retake": 78],
      says: "amount was 150.00 and is 151.00"
    ) {
      try VerifyWorkspace.edit($0, "adjustments.csv") {
        $0.replacing(
          "ADJ-2026-0031,0048102,CSP Direct Bill Partner,150.00",
          with: "ADJ-2026-0031,0048102,CSP Direct Bill Partner,151.00")
      }
    },
    Case(
      name: "a plan by which an accepted row has no rate",
      codes: ["run": 78, "close": 78, "retake": 78], says: "X916"
    ) {
      try VerifyWorkspace.edit($0, "plans/csp-direct-bill.yaml") {
        $0.replacing("rate: 4.75%, from: 2026-10-16", with: "rate: 4.75%, from: 2026-10-31")
      }
    },
    Case(
      name: "a partner with a balance is gone", codes: ["run": 78, "close": 78, "retake": 78],
      says: "X91"
    ) {
      try VerifyWorkspace.edit($0, "registry/partners.csv") { text in
        text.components(separatedBy: "\n").filter { !$0.hasPrefix("0048103") }
          .joined(separator: "\n")
      }
      for file in ["agreements", "competencies", "enrollments", "tax-profiles", "payment-profiles"]
      {
        let url = $0.appending(path: "registry/\(file).csv")
        let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
        try Data(lines.filter { !$0.hasPrefix("0048103") }.joined(separator: "\n").utf8)
          .write(to: url)
      }
      let users = $0.appending(path: "registry/users.csv")
      let lines = try String(contentsOf: users, encoding: .utf8).components(separatedBy: "\n")
      try Data(lines.filter { !$0.contains("0048103") }.joined(separator: "\n").utf8)
        .write(to: users)
    },
    Case(
      name: "a program that is renamed and keeps its old name as an alias",
      codes: ["run": 78, "close": 78, "retake": 78, "check": 1, "statement": 78],
      says: "plans/csp-direct-bill.yaml: error: X915"
    ) {
      try VerifyWorkspace.edit($0, "plans/csp-direct-bill.yaml") {
        $0.replacing("program: CSP Direct Bill Partner", with: "program: Direct")
          .replacing("aliases: [", with: "aliases: [CSP Direct Bill Partner, ")
      }
    },
    Case(
      name: "a kept plan that is none",
      codes: kept, says: "ledger/closed/2026-10/plans/csp-direct-bill.yaml"
    ) {
      try VerifyWorkspace.edit($0, "ledger/closed/2026-10/plans/csp-direct-bill.yaml") {
        $0.replacing("levers:", with: "lever:")
      }
    },
    Case(
      name: "a kept plan with another rate",
      codes: kept, says: "ledger/closed/2026-10/plans/csp-direct-bill.yaml"
    ) {
      try VerifyWorkspace.edit($0, "ledger/closed/2026-10/plans/csp-direct-bill.yaml") {
        $0.replacing("rate: 4.75%", with: "rate: 94.75%")
      }
    },
    Case(
      name: "a kept rate that is another",
      codes: kept, says: "ledger/closed/2026-10/exchange-rates.csv"
    ) {
      try VerifyWorkspace.edit($0, "ledger/closed/2026-10/exchange-rates.csv") {
        $0.replacing("2026-10,USD,EUR,0.86", with: "2026-10,USD,EUR,8.6")
      }
    },
    Case(
      name: "a plan among the copies that was not kept",
      codes: kept, says: "ledger/closed/2026-10/plans/zzz.yaml"
    ) {
      try Data("program: Z\n".utf8).write(
        to: $0.appending(path: "ledger/closed/2026-10/plans/zzz.yaml"))
    },
    Case(
      name: "no list of the copies that were kept",
      codes: kept, says: "ledger/closed/2026-10/copies.sha256"
    ) { try VerifyWorkspace.remove($0, "ledger/closed/2026-10/copies.sha256") },
    Case(
      name: "another list of the copies that were kept",
      codes: kept, says: "ledger/closed/2026-10/copies.sha256"
    ) { try VerifyWorkspace.flip($0, "ledger/closed/2026-10/copies.sha256") },
  ]

  @Test("an exit code that says what, and nothing changes", arguments: cases)
  func refused(_ bad: Case) throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    try bad.change(root)
    let before = try Program.files(root)
    let operands = [
      "close": ["2026-11"], "retake": [Self.feed], "statement": ["0048101"], "explain": ["N-1"],
    ]
    for (command, code) in bad.codes.sorted(by: { $0.key < $1.key }) {
      let result = try Program.run(
        [command] + (operands[command] ?? []) + ["--workspace", root.path])
      #expect(result.code == code, "\(command): \(result.talk)")
      #expect(result.talk.contains(bad.says), "\(command): \(result.talk)")
      #expect(try Program.files(root) == before, "\(command) changed something")
    }
  }

  @Test("today's plan may change what a closed period went by: the copy counts")
  func changedPlan() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let closed = try Program.files(root.appending(path: "outbox/2026-10"))
    try VerifyWorkspace.edit(root, "plans/csp-indirect-provider.yaml") {
      $0.replacing("disputeDays:", with: "# changed\ndisputeDays:") + "\n# more\n"
    }
    try VerifyWorkspace.run(root, ["run"])
    #expect(try Program.files(root.appending(path: "outbox/2026-10")) == closed)
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 0)
  }

  @Test("a workspace that may only be read: run stops, verify and status work, nothing changes")
  func readOnly() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let before = try Program.files(root)
    try Self.permit(root, writing: false)
    defer { try? Self.permit(root, writing: true) }
    for (arguments, code) in [
      (["run"], [73, 74]), (["close", "2026-11"], [73, 74]), (["retake", Self.feed], [73, 74]),
      (["verify"], [0]), (["status"], [0]),
    ] as [([String], [Int32])] {
      let result = try Program.runWithoutRoot(arguments + ["--workspace", root.path])
      #expect(code.contains(result.code), "\(arguments): \(result.talk)")
    }
    #expect(try Program.files(root) == before)
  }

  /// Lets everybody read, and the owner write or not.
  private static func permit(_ root: URL, writing: Bool) throws {
    let files = FileManager.default
    for path in try [""] + files.subpathsOfDirectory(atPath: root.path) {
      let full = root.appending(path: path).path
      var isDirectory: ObjCBool = false
      _ = unsafe files.fileExists(atPath: full, isDirectory: &isDirectory)
      let mode = isDirectory.boolValue ? (writing ? 0o755 : 0o555) : (writing ? 0o644 : 0o444)
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: full)
    }
  }
}
