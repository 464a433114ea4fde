import Domain
import Foundation
import Workspace

/// A small workspace without problems, of which a test changes what it is about.
struct TestWorkspace {
  /// By path; a file that is not there is not written.
  var files: [String: [UInt8]] = TestWorkspace.sound.mapValues { Array($0.utf8) }

  /// The text of a file.
  subscript(path: String) -> String? {
    get { files[path].map { String(decoding: $0, as: UTF8.self) } }
    set { files[path] = newValue.map { Array($0.utf8) } }
  }

  /// Replaces a piece of a file that must be there.
  mutating func replace(_ old: String, by new: String, in path: String) {
    let text = self[path] ?? ""
    precondition(text.contains(old), "\(path) has no \(old)")
    self[path] = text.replacing(old, with: new, maxReplacements: 1)
  }

  /// Writes the files, loads them, and removes them.
  func load() throws -> (workspace: LoadedWorkspace?, findings: [Finding]) {
    try inDirectory { WorkspaceLoader.load(root: $0) }
  }

  /// Writes the files into a new directory, which is removed after `body`.
  func inDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, bytes) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    return try body(root.path(percentEncoded: false))
  }

  static let plan = """
    program: CSP Direct
    aliases: [CSP 1T]
    currency: USD
    eligibility:
      all:
        - agreement: mpn
        - {agreement: reseller, when: {role: directBill}}
        - any:
            - {competency: Cloud Platform, level: silver}
            - competency: Security
        - enrollment
    defaultLever: Core
    levers:
      - lever: Core
        earningType: Rebate
        rates:
          - {rate: 4.75%, from: 2026-07-01, where: {solutionArea: Azure}}
          - {rate: 4%, from: 2026-07-01}
        cap: 50000
      - lever: Accelerator
        earningType: Co-op
        tiers:
          mode: graduated
          steps:
            - {upTo: 100000, rate: 3%}
            - {upTo: 500000, rate: 0.04}
            - {rate: 5%}
      - lever: Credit
        earningType: fee
        given: true
    earningTypes: {IndirectRebate: Rebate, Adjustment-Rebate: Adjustment}
    disputeDays: 60
    split: {rebate: 60%, coop: 0.4}
    threshold: {USD: 200, EUR: 180.50}
    tolerance: 0.01

    """

  private static let sound: [String: String] = [
    "payout.yaml": """
    openPeriod: 2026-10
    payer:
      name: Contoso
      country: IE
      iban: IE29AIBK93115212345678
    rounding: halfEven
    formats: [html, csv]
    feeds:
      - {files: "*.xml", profile: canonical}
      - {files: "*.csv"}
    limits: {rejectRate: 5%, row: 2 MiB}

    """,
    "plans/csp.yaml": plan,
    "registry/partners.csv": """
    participantId,name,role,country,language,status,payableFrom,street,postCode,town
    B,"Beta, Inc.",indirectProvider,KR,ko,suspended,2026-07-01,"Main ""St."" 1",01234,Seoul
    A,Alpha,directBill,DE,,,,,,

    """,
    "registry/agreements.csv": """
    participantId,agreement,validFrom,validTo
    B,mpn,2026-01-01,2026-12-31
    A,mpn,2025-01-01,
    A,reseller,2025-01-01,

    """,
    "registry/competencies.csv": """
    participantId,competency,level,validFrom,validTo
    A,Cloud Platform,gold,2025-01-01,
    A,Security,,2025-01-01,

    """,
    "registry/enrollments.csv": """
    participantId,programName,status,invitedOn,enrolledOn,endsOn
    A,CSP 1T,enrolled,2025-01-01,2025-02-01,
    B,CSP Direct,invited,2025-01-01,,

    """,
    "registry/tax-profiles.csv": """
    participantId,programName,status,completedOn,expiresOn,taxId,withholdingRate,salesTaxRate
    A,,valid,2025-02-01,2027-02-01,DE000000001,10%,0.19

    """,
    "registry/payment-profiles.csv": """
    participantId,programName,status,completedOn,method,currency,accountHolder,iban,\
    accountNumber,bic,hold
    A,CSP Direct,valid,2025-02-01,bankTransfer,EUR,Alpha,DE89370400440532013000,,COBADEFF,yes
    A,,pending,,creditNote,USD,,,,,

    """,
    "registry/users.csv": """
    userId,name,email,role,participantId,programName
    u1,Ann,ann@alpha.example,incentivesAdmin,A,CSP 1T

    """,
    "exchange-rates.csv": """
    period,from,to,rate,source
    2026-10,USD,EUR,0.92,bank

    """,
    "adjustments.csv": """
    adjustmentId,participantId,programName,amount,currency,appliesTo,reasonCode,note,approvedBy
    ADJ-1,A,CSP 1T,-12.345,USD,2026-10,GOODWILL,"one, two",Ann

    """,
  ]
}

/// What a test says of a finding.
struct Expected: Equatable, CustomStringConvertible {
  var code: FindingCode
  var line: Int?
  var column: Int?
  var field: String

  init(_ code: FindingCode, _ line: Int?, _ column: Int?, _ field: String) {
    self.code = code
    self.line = line
    self.column = column
    self.field = field
  }

  init(_ finding: Finding) {
    self.init(finding.code, finding.line, finding.column, finding.field)
  }

  var description: String {
    "\(code.rawValue) at \(line ?? 0):\(column ?? 0) in \(field)"
  }
}
