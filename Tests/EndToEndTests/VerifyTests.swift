import Foundation
import Testing

@Suite("verify")
struct VerifyTests {
  @Test("a sound workspace holds, and nothing in it changes")
  func sound() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let before = try Program.files(root)
    let result = try Program.run(["verify", "--workspace", root.path])
    #expect(result.code == 0, "\(result.talk)")
    #expect(result.talk == "")
    // Two periods, one of them closed and drawn again; every check of the list was made.
    #expect(result.output.contains("verified periods=1 feeds=5 rows=45"), "\(result.output)")
    for rule in ["kept", "every posting", "control totals", "same bytes", "openings are"]
    where rule != "kept" {
      #expect(result.output.contains(rule), "\(rule)")
    }
    #expect(!result.output.contains("FAULT"))
    #expect(try Program.files(root) == before)
  }

  /// What is done to the workspace, which check finds it, and where.
  struct Damage: CustomTestStringConvertible {
    var name: String
    var check: String
    var place: String
    var change: @Sendable (URL) throws -> Void

    var testDescription: String { name }
  }

  static let damages: [Damage] = [
    Damage(name: "a register's digit", check: "files", place: "outbox/2026-10/register.csv") {
      try VerifyWorkspace.flip($0, "outbox/2026-10/register.csv")
    },
    // The statement's own sums no longer hold, whatever run.json says.
    Damage(
      name: "a line's amount", check: "statements", place: "outbox/2026-10/statements/0048101.csv:2"
    ) {
      try VerifyWorkspace.edit($0, "outbox/2026-10/statements/0048101.csv") {
        $0.replacing("1000.000000", with: "1000.000001")
      }
    },
    Damage(
      name: "a subtotal's conversion", check: "statements",
      place: "outbox/2026-10/statements/0048101.csv:2"
    ) {
      try VerifyWorkspace.edit($0, "outbox/2026-10/statements/0048101.csv") {
        $0.replacing(",0.86,", with: ",0.87,")
      }
    },
    Damage(
      name: "a statement's closing", check: "statements",
      place: "outbox/2026-10/statements/0048101.csv:2"
    ) {
      try VerifyWorkspace.edit($0, "outbox/2026-10/statements/0048101.csv") { text in
        text.replacing(#/,closing,(.*),0\.00,EUR/#) { ",closing,\($0.1),0.01,EUR" }
      }
    },
    Damage(
      name: "a payment in the register", check: "payments", place: "outbox/2026-10/run.json"
    ) {
      try VerifyWorkspace.edit($0, "outbox/2026-10/register.csv") {
        $0.replacing("1500.49", with: "1500.50")
      }
    },
    // The draft's statements and its register disagree.
    Damage(
      name: "the draft's register", check: "register",
      place: "outbox/2026-11/statements/0048101.csv:2"
    ) {
      try VerifyWorkspace.edit($0, "outbox/2026-11/register.csv") {
        $0.replacing(#/0048101,(.*),-75\.50,/#) { "0048101,\($0.1),-75.51," }
      }
    },
    Damage(name: "an opening", check: "openings", place: "outbox/2026-11/register.csv") {
      try VerifyWorkspace.edit($0, "outbox/2026-11/register.csv") { text in
        text.replacing(#/2026-11,0048103,(.*),Indirect Provider,EUR,0\.00/#) { match in
          "2026-11,0048103,\(match.1),Indirect Provider,EUR,0.01"
        }.replacing("2003.33", with: "2003.34")
      }
    },
    Damage(name: "a bucket", check: "buckets", place: "outbox/2026-10/buckets.csv") {
      try VerifyWorkspace.edit($0, "outbox/2026-10/buckets.csv") {
        $0.replacing("EUR,accepted,3,66000.00", with: "EUR,accepted,4,66000.00")
      }
    },
    Damage(
      name: "a missing statement", check: "redraw", place: "outbox/2026-10/statements/0048102.csv"
    ) { try VerifyWorkspace.remove($0, "outbox/2026-10/statements/0048102.csv") },
    Damage(name: "a file too many", check: "redraw", place: "outbox/2026-10/more.csv") {
      try Data("x".utf8).write(to: $0.appending(path: "outbox/2026-10/more.csv"))
    },
    Damage(name: "the manifest", check: "files", place: "outbox/2026-10/run.json") {
      try VerifyWorkspace.flip($0, "outbox/2026-10/run.json")
    },
    Damage(name: "no manifest", check: "files", place: "outbox/2026-10/run.json") {
      try VerifyWorkspace.remove($0, "outbox/2026-10/run.json")
    },
    Damage(
      name: "an archived feed", check: "archive",
      place: "archive/2026-10/02-csp-indirect-2026-10.xml"
    ) { try VerifyWorkspace.flip($0, "archive/2026-10/02-csp-indirect-2026-10.xml") },
    Damage(
      name: "no archived feed", check: "archive",
      place: "archive/2026-10/partner-center-2026-10.csv"
    ) { try VerifyWorkspace.remove($0, "archive/2026-10/partner-center-2026-10.csv") },
    Damage(
      name: "control totals", check: "controlTotals",
      place: "archive/2026-11/november.csv.control.json"
    ) {
      try VerifyWorkspace.edit($0, "archive/2026-11/november.csv.control.json") {
        $0.replacing("1200", with: "1201")
      }
    },
    Damage(
      name: "a kept rate", check: "copies", place: "ledger/closed/2026-10/exchange-rates.csv"
    ) {
      try VerifyWorkspace.edit($0, "ledger/closed/2026-10/exchange-rates.csv") {
        $0.replacing("0.86", with: "0.87")
      }
    },
    Damage(
      name: "a kept plan", check: "copies",
      place: "ledger/closed/2026-10/plans/csp-direct-bill.yaml"
    ) {
      try VerifyWorkspace.edit($0, "ledger/closed/2026-10/plans/csp-direct-bill.yaml") {
        $0.replacing("rate: 4.75%", with: "rate: 4.74%")
      }
    },
    Damage(
      name: "a kept copy that is no plan", check: "copies",
      place: "ledger/closed/2026-10/plans/csp-direct-bill.yaml"
    ) {
      try VerifyWorkspace.edit($0, "ledger/closed/2026-10/plans/csp-direct-bill.yaml") {
        $0.replacing("levers:", with: "lever:")
      }
    },
    Damage(name: "a copy too many", check: "copies", place: "ledger/closed/2026-10/plans/x.txt") {
      try Data("x".utf8).write(to: $0.appending(path: "ledger/closed/2026-10/plans/x.txt"))
    },
    Damage(name: "fates", check: "segments", place: "ledger/segments/feed-000001.fates") {
      try VerifyWorkspace.flip($0, "ledger/segments/feed-000001.fates")
    },
    Damage(name: "findings", check: "segments", place: "ledger/segments/feed-000001.findings") {
      try VerifyWorkspace.flip($0, "ledger/segments/feed-000001.findings")
    },
    Damage(name: "no rejects", check: "segments", place: "ledger/segments/feed-000001.rejects") {
      try VerifyWorkspace.remove($0, "ledger/segments/feed-000001.rejects")
    },
    Damage(name: "keys", check: "segments", place: "ledger/segments/feed-000001.keys") {
      try VerifyWorkspace.flip($0, "ledger/segments/feed-000001.keys")
    },
    Damage(name: "keys cut off", check: "segments", place: "ledger/segments/feed-000001.keys") {
      let url = $0.appending(path: "ledger/segments/feed-000001.keys")
      try Data(try Data(contentsOf: url).dropLast(8)).write(to: url)
    },
    Damage(name: "no database", check: "ledger", place: "ledger/ledger.sqlite") {
      try Data("this is no database".utf8).write(to: $0.appending(path: "ledger/ledger.sqlite"))
    },
    // The first bytes of the second page say of what kind it is.
    Damage(name: "a page of the database", check: "ledger", place: "ledger/ledger.sqlite") {
      try VerifyWorkspace.flip($0, "ledger/ledger.sqlite", at: 4096)
    },
  ]

  @Test("what was changed is found, and nothing in the workspace changes", arguments: damages)
  func damage(_ damage: Damage) throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    try damage.change(root)
    let before = try Program.files(root)
    let result = try Program.run(["verify", "--workspace", root.path])
    #expect(result.code == 65, "\(result.talk)\(result.output)")
    let lines = result.talk.split(separator: "\n")
    let place = "\(root.path)/\(damage.place)"
    let found = lines.indices.filter {
      lines[$0].hasPrefix(place) && lines[$0].contains(": \(damage.check): ")
    }
    #expect(!found.isEmpty, "\(result.talk)")
    for line in found where line + 1 < lines.count {
      #expect(lines[line + 1].contains(#/^    (Restore|Remove|Run|Pay nothing) /#), "what to do")
    }
    #expect(try Program.files(root) == before)
  }

  @Test("one period only: what is wrong in another one is not looked at")
  func onePeriod() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    try VerifyWorkspace.flip(root, "outbox/2026-10/register.csv")
    let arguments = ["--workspace", root.path]
    #expect(try Program.run(["verify", "2026-10"] + arguments).code == 65)
    #expect(try Program.run(["verify", "2026-11"] + arguments).code == 0)
    #expect(try Program.run(["verify", "2026-12"] + arguments).code == 66)
    #expect(try Program.run(["verify", "2026-13"] + arguments).code == 64)
  }

  @Test(
    "only the period of which a file was changed is at fault", arguments: ["2026-10", "2026-11"])
  func onlyThat(period: String) throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    try VerifyWorkspace.run(root, ["close", "2026-11"])
    try VerifyWorkspace.flip(root, "outbox/\(period)/report.html")
    let result = try Program.run(["verify", "--workspace", root.path])
    #expect(result.code == 65, "\(result.talk)")
    let faults = result.output.split(separator: "\n").filter { $0.hasPrefix("FAULT") }
    #expect(faults.count == 1 && faults.allSatisfy { $0.contains(period) }, "\(result.output)")
  }

  @Test("a closed period without statements is what was closed, in whatever formats they would be")
  func noStatements() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    for input in ["inbox", "adjustments.csv"] { try VerifyWorkspace.remove(root, input) }
    try FileManager.default.createDirectory(
      at: root.appending(path: "inbox"), withIntermediateDirectories: false)
    try VerifyWorkspace.run(root, ["run"])
    try VerifyWorkspace.run(root, ["close", "2026-10"])
    let outbox = try Program.files(root.appending(path: "outbox/2026-10"))
    #expect(!outbox.keys.contains { $0.hasPrefix("statements/") })
    let result = try Program.run(["verify", "--workspace", root.path])
    #expect(result.code == 0 && result.talk == "", "\(result.talk)")
  }

  @Test("a close of a period whose directory was lost says that it was written again")
  func lost() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let before = try Program.files(root.appending(path: "outbox/2026-10"))
    try VerifyWorkspace.remove(root, "outbox/2026-10")
    let result = try Program.run(["close", "2026-10", "--workspace", root.path])
    #expect(result.talk.contains("was written again"), "\(result.talk)")
    #expect(try Program.files(root.appending(path: "outbox/2026-10")) == before)
    let again = try Program.run(["close", "2026-10", "--workspace", root.path])
    #expect(again.talk.contains("nothing has changed"), "\(again.talk)")
  }

  @Test("the remedy mends: close writes a closed period's directory again, run the draft")
  func remedies() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let before = try Program.files(root)
    try VerifyWorkspace.flip(root, "outbox/2026-10/register.csv")
    try VerifyWorkspace.remove(root, "outbox/2026-11/statements")
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 65)
    try VerifyWorkspace.run(root, ["close", "2026-10"])
    try VerifyWorkspace.run(root, ["run"])
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 0)
    #expect(try Program.files(root) == before)
  }

  @Test("without a ledger there is nothing to verify")
  func noLedger() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let before = try Program.files(root)
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 66)
    #expect(try Program.files(root) == before)
  }

  @Test("JSON follows its schema, sound or not")
  func json() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let schema = try SchemaShape("verify.schema.json")
    for code: Int32 in [0, 65] {
      let result = try Program.run(["verify", "--workspace", root.path, "--format", "json"])
      #expect(result.code == code)
      #expect(try schema.faults(result.output) == [])
      try VerifyWorkspace.flip(root, "outbox/2026-10/register.csv")
    }
  }
}
