import Foundation
import Synchronization
import TestSupport
import Testing

/// A command on a small workspace, and what it gives when nothing disturbs it.
final class Stage: Sendable {
  /// The commands in their order; each goes on from what the one before it left.
  enum Name: String, CaseIterable {
    /// Makes the ledger.
    case firstRun
    /// With taken feeds, rejected rows, a control file, a refused feed and one that is known.
    case run
    /// With a row that has become right.
    case retake
    /// With feeds waiting.
    case close
    /// With openings, rows carried, a row that has become eligible and an archive of several feeds.
    case nextRun
    /// With payments that wait for an approval.
    case nextClose
    case approve
    case payments
    /// With a payment that is booked, one entry that is no payment's, and a file that is refused.
    case reconcile

    /// Those that draw a period.
    static let drawing = allCases.filter { ![.approve, .payments, .reconcile].contains($0) }

    /// Where that is what it makes visible.
    var publishes: String {
      switch self {
      case .approve: "approvals/"
      case .payments: "payments/"
      case .reconcile: "reconciliation/"
      default: "outbox/"
      }
    }
  }

  let name: Name
  let arguments: [String]
  /// The workspace before the command; it is copied and never changed.
  let workspace: URL
  let before: Tree
  let after: Tree
  let status: Int32
  /// All calls that change files, in their order.
  let calls: [Call]
  /// The number of the call that makes the new directory, or file, visible.
  let exchange: Int
  /// The fingerprints of states in which the same command is known to give what it should.
  let healed = Mutex<Set<Int>>([])

  private init(_ name: Name, _ arguments: [String], _ workspace: URL) throws {
    self.name = name
    self.arguments = arguments
    self.workspace = try Scratch.copy(workspace)
    before = try Tree(workspace)
    let log = Scratch.file()
    defer { Scratch.remove(log) }
    let environment = try Disturber.environment(log: log)
    let ending = try Payout.run(arguments, in: workspace, environment)
    try #require(!ending.isSignal && [0, 1].contains(ending.status), "\(ending)")
    status = ending.status
    after = try Tree(workspace)
    calls = try Disturber.calls(log, in: workspace)
    let isExchange = { (call: Call) in
      call.name == "rename" && call.detail.hasPrefix(name.publishes)
        && call.detail.wholeMatch(of: #/\w+/\d+-\d+|.*\.approval/#) != nil
    }
    exchange = try #require(calls.first(where: isExchange)).number
  }

  static func named(_ name: Name) throws -> Stage {
    try #require(try all.get().first { $0.name == name })
  }

  /// Runs the command on a workspace.
  func run(
    in workspace: URL, _ disturbance: (Disturbance, at: Int)? = nil
  ) throws -> Payout.Ending {
    try Payout.run(arguments, in: workspace, try Disturber.environment(disturbance))
  }

  // MARK: Making them

  private static let all = Result { () throws -> [Stage] in
    let fixtures = Payout.root.appending(path: "Tests/CrashTests/Fixtures")
    let workspace = try Scratch.copy(fixtures.appending(path: "workspace"))
    defer { Scratch.remove(workspace) }
    let inbox = workspace.appending(path: "inbox")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    func deliver(_ feed: String, as name: String? = nil) throws {
      try FileManager.default.copyItem(
        at: fixtures.appending(path: "feeds/" + feed), to: inbox.appending(path: name ?? feed))
    }
    var stages: [Stage] = []
    try deliver("first.csv")
    stages.append(try Stage(.firstRun, ["run"], workspace))
    for feed in ["direct.csv", "direct.csv.control.json", "tiers.xml", "refused.csv"] {
      try deliver(feed)
    }
    try deliver("first.csv", as: "again.csv")
    try deliver("direct.csv.control.json", as: "again.csv.control.json")
    stages.append(try Stage(.run, ["run"], workspace))
    try append("999,Nine,directBill,IE,active,\n", workspace, "registry/partners.csv")
    stages.append(try Stage(.retake, ["retake", "tiers.xml"], workspace))
    try deliver("late.csv")
    stages.append(try Stage(.close, ["close", "2026-10", "--leave-inbox"], workspace))
    try deliver("november.xml")
    try Data(parcel).write(to: inbox.appending(path: "parcel.zip"))
    try append("002,Rates,enrolled,,2026-10-01,\n", workspace, "registry/enrollments.csv")
    try append("approvals: 1\n", workspace, "payout.yaml")
    try Data("userId,publicKey\nann,\(annsKey)\n".utf8).write(
      to: workspace.appending(path: "registry/approvers.csv"))
    stages.append(try Stage(.nextRun, ["run"], workspace))
    Scratch.remove(inbox.appending(path: "refused.csv"))
    stages.append(try Stage(.nextClose, ["close", "2026-11", "--user", "bob"], workspace))
    let key = Scratch.file()
    try Data(annsSecret.utf8).write(to: key)
    let approve = ["approve", "2026-11", "--user", "ann", "--key", key.path]
    stages.append(try Stage(.approve, approve, workspace))
    stages.append(try Stage(.payments, ["payments", "2026-11"], workspace))
    let banks = try bankFiles(workspace)
    stages.append(try Stage(.reconcile, ["reconcile"] + banks.map(\.path), workspace))
    return stages
  }

  /// Of a seed of ones.
  private static let annsKey = "MCowBQYDK2VwAyEAiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w="
  private static let annsSecret = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB
    -----END PRIVATE KEY-----

    """

  /// A statement with the first payment that is ordered, and one that is cut off.
  private static func bankFiles(_ workspace: URL) throws -> [URL] {
    let payments = try FileManager.default.contentsOfDirectory(
      at: workspace.appending(path: "payments/2026-11"), includingPropertiesForKeys: nil)
    let orders = try #require(payments.first { $0.lastPathComponent.hasPrefix("transfers-1") })
    let text = try String(contentsOf: orders, encoding: .utf8)
    let match = try #require(
      text.firstMatch(
        of: #/<EndToEndId>(.*?)<\/EndToEndId>[\s\S]*?<InstdAmt Ccy="EUR">(.*?)<\/InstdAmt>/#))
    let statement = """
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Acct><Id>
      <IBAN>IE29AIBK93115212345678</IBAN></Id></Acct><Ntry><Amt Ccy="EUR">\(match.2)</Amt><CdtDbtInd>DBIT
      </CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-12-16</Dt></BookgDt><NtryDtls><TxDtls><Refs>
      <EndToEndId>\(match.1)</EndToEndId></Refs></TxDtls></NtryDtls></Ntry><Ntry><Amt Ccy="EUR">1.00</Amt>
      <CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-12-17</Dt></BookgDt></Ntry></Stmt>
      </BkToCstmrStmt></Document>
      """
    return try [statement, String(statement.dropLast(50))].map { text in
      let file = Scratch.file()
      try Data(text.utf8).write(to: file)
      return file
    }
  }

  /// An archive of two feeds, one with a control file.
  private static var parcel: [UInt8] {
    let header =
      "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount\n"
    let files = [
      ("a/one.csv", header + "Z-1,001,Rates,2026-11-03,EUR,70.00\n"),
      ("b/two.csv", header + "Z-2,002,Tiers,2026-11-04,EUR,80.00\n"),
      ("a/one.csv.control.json", #"{"rows": 1}"#),
    ]
    return Zip.archive(files.map { Zip.File($0.0, Array($0.1.utf8)) })
  }

  private static func append(_ text: String, _ workspace: URL, _ path: String) throws {
    let file = try FileHandle(forUpdating: workspace.appending(path: path))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
  }
}
