import Domain
import Testing
import Workspace

@Suite("A plan")
struct PlanTests {
  /// A change of the sound plan and what comes of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var old: String
    var new: String
    var expected: [Expected]
    var testDescription: String { new.isEmpty ? "without \(old)" : new }

    init(_ old: String, _ new: String, _ expected: Expected...) {
      self.old = old
      self.new = new
      self.expected = expected
    }
  }

  @Test(
    "that is wrong says where",
    arguments: [
      // Names.
      Case("program: CSP Direct\n", "", Expected(.X904, 1, 1, "program")),
      Case("program: CSP Direct", "program:", Expected(.X904, 1, 9, "program")),
      Case("program: CSP Direct", "program: [a]", Expected(.X905, 1, 10, "program")),
      Case("[CSP 1T]", "[CSP 1T, CSP 1T]", Expected(.X906, 2, 19, "aliases")),
      Case("[CSP 1T]", "CSP 1T", Expected(.X905, 2, 10, "aliases")),
      // The column counts bytes: three letters of three bytes each stand before it.
      Case("[CSP 1T]", "[리셀러, CSP Direct]", Expected(.X906, 2, 22, "aliases")),
      Case("tolerance: 0.01", "tolerence: 0.01", Expected(.X903, 35, 1, "tolerence")),
      Case("currency: USD", "currency: XXX", Expected(.X905, 3, 11, "currency")),
      Case(
        "currency: USD", "currency: USD\ncurrency: EUR", Expected(.X906, 3, 1, "currency")),
      // Eligibility.
      Case("- enrollment", "- enrolment", Expected(.X905, 11, 7, "eligibility.all")),
      Case(
        "{agreement: reseller, when", "{agreement: reseller, level: gold, when",
        Expected(.X903, 7, 29, "eligibility.all.level")),
      Case(
        "role: directBill", "rolle: directBill",
        Expected(.X903, 7, 36, "eligibility.all.when.rolle")),
      Case("directBill", "direct", Expected(.X905, 7, 42, "eligibility.all.when.role")),
      Case(
        "role: directBill", "country: UK", Expected(.X905, 7, 45, "eligibility.all.when.country")),
      Case("{role: directBill}", "{}", Expected(.X904, 7, 35, "eligibility.all.when")),
      Case("level: silver", "level: none", Expected(.X905, 9, 47, "eligibility.all.any.level")),
      Case(
        "- agreement: mpn", "- {agreement: mpn, competency: x}",
        Expected(.X905, 6, 7, "eligibility.all")),
      Case(
        "- agreement: mpn", "- agrement: mpn", Expected(.X903, 6, 7, "eligibility.all.agrement")),
      // Levers.
      Case("defaultLever: Core", "defaultLever: core", Expected(.X908, 12, 15, "defaultLever")),
      Case("lever: Credit", "lever: Core", Expected(.X906, 28, 12, "levers.lever")),
      Case("given: true", "given: yes", Expected(.X905, 30, 12, "levers.given")),
      Case("    given: true\n", "", Expected(.X904, 28, 5, "levers")),
      Case("given: true", "given: true\n    rates: []", Expected(.X905, 30, 12, "levers")),
      Case("cap: 50000", "cap: 50,000", Expected(.X905, 19, 10, "levers.cap")),
      Case("cap: 50000", "cap: -1", Expected(.X905, 19, 10, "levers.cap")),
      Case("cap: 50000", "cap: 5e4", Expected(.X905, 19, 10, "levers.cap")),
      Case("cap: 50000", "cap:", Expected(.X904, 19, 9, "levers.cap")),
      Case("earningType: fee", "earningType: Fees", Expected(.X905, 29, 18, "levers.earningType")),
      // Rates.
      Case("rate: 4%", "rate: -4%", Expected(.X911, 18, 16, "levers.rates.rate")),
      Case("rate: 4%", "rate: 100.01%", Expected(.X911, 18, 16, "levers.rates.rate")),
      Case("rate: 4%", "rate: 4", Expected(.X911, 18, 16, "levers.rates.rate")),
      Case("rate: 4%", "rate: 4 %", Expected(.X905, 18, 16, "levers.rates.rate")),
      Case("rate: 4%, ", "", Expected(.X904, 18, 9, "levers.rates.rate")),
      Case(
        "4%, from: 2026-07-01", "4%, from: 2026-07-01, to: 2026-06-30",
        Expected(.X907, 18, 42, "levers.rates.to")),
      Case(
        "4%, from: 2026-07-01", "4%, from: 01.07.2026", Expected(.X905, 18, 26, "levers.rates.from")
      ),
      Case(
        "solutionArea: A", "solutionarea: A",
        Expected(.X903, 17, 49, "levers.rates.where.solutionarea")),
      // A quantity is no text.
      Case(
        "solutionArea: A", "quantity: A", Expected(.X903, 17, 49, "levers.rates.where.quantity")),
      Case(
        "solutionArea: Azure", "solutionArea: ",
        Expected(.X904, 17, 63, "levers.rates.where.solutionArea")),
      // Tiers.
      Case("mode: graduated", "mode: flat", Expected(.X905, 23, 13, "levers.tiers.mode")),
      Case("upTo: 500000", "upTo: 100000", Expected(.X909, 26, 18, "levers.tiers.steps.upTo")),
      Case("{upTo: 100000,", "{upTo: 0,", Expected(.X909, 25, 18, "levers.tiers.steps.upTo")),
      Case("{upTo: 100000, ", "{", Expected(.X909, 25, 11, "levers.tiers.steps")),
      Case(
        "{rate: 5%}", "{upTo: 900000, rate: 5%}", Expected(.X909, 27, 18, "levers.tiers.steps.upTo")
      ),
      Case(
        "upTo: 500000", "upto: 500000", Expected(.X909, 26, 11, "levers.tiers.steps"),
        Expected(.X903, 26, 12, "levers.tiers.steps.upto")),
      // The rest.
      Case("coop: 0.4", "coop: 0.39", Expected(.X910, 33, 8, "split")),
      Case(", coop: 0.4", "", Expected(.X904, 33, 8, "split.coop")),
      Case("disputeDays: 60", "disputeDays: 060", Expected(.X905, 32, 14, "disputeDays")),
      Case("disputeDays: 60", "disputeDays: 3651", Expected(.X905, 32, 14, "disputeDays")),
      Case("EUR: 180.50", "EURO: 180.50", Expected(.X905, 34, 23, "threshold")),
      Case("{USD: 200, EUR: 180.50}", "200", Expected(.X905, 34, 12, "threshold")),
      Case("EUR: 180.50", "EUR: -180.50", Expected(.X905, 34, 28, "threshold.EUR")),
      Case(
        "IndirectRebate: Rebate", "IndirectRebate: Bonus",
        Expected(.X905, 31, 32, "earningTypes.IndirectRebate")),
      // The same spelling, as punctuation and case do not count.
      Case(
        "Adjustment-Rebate: ", "indirect-rebate: ",
        Expected(.X906, 31, 40, "earningTypes.indirect-rebate")),
      Case("IndirectRebate: Rebate", "Fee: Rebate", Expected(.X906, 31, 16, "earningTypes.Fee")),
      Case("tolerance: 0.01", "tolerance: .01", Expected(.X905, 35, 12, "tolerance")),
    ])
  func wrong(_ test: Case) throws {
    #expect(TestWorkspace.plan.contains(test.old))
    let plan = TestWorkspace.plan.replacing(test.old, with: test.new, maxReplacements: 1)
    let findings = WorkspaceLoader.check(yaml: Array(plan.utf8), file: "plan.yaml")
    #expect(findings.map(Expected.init) == test.expected)
    #expect(findings.allSatisfy { !$0.remedy.isEmpty && !$0.message.isEmpty })
    #expect(findings.allSatisfy { $0.excerpt != nil && $0.feed == "plan.yaml" })
  }

  @Test(
    "that is unusual but right has no findings",
    arguments: [
      Case("program: CSP Direct", "program: \"null\""),
      Case("program: CSP Direct", "program: 2026"),
      Case("defaultLever: Core\n", ""),
      Case("  all:\n    - agreement: mpn\n", "  all:\n    - agreement: 010\n"),
      Case("- enrollment", "- {enrollment, when: {country: NO}}"),
      Case("- enrollment", "- enrollment: true"),
      Case("- enrollment", "- all: []"),
      Case("rate: 4%, from: 2026-07-01", "rate: 4%"),
      Case("{rate: 4%, from: 2026-07-01}", "{rate: 4%, to: 2026-07-01}"),
      Case("where: {solutionArea: Azure}", "where: {solutionArea: \"\"}"),
      Case("{upTo: 100000, rate: 3%}", "{upTo: 0.01, rate: 100%}"),
      Case("cap: 50000", "cap: 0"),
      Case("split: {rebate: 60%, coop: 0.4}\n", "split: {rebate: 1, coop: 0}\n"),
      Case("IndirectRebate: Rebate", "co op: Co-op"),
      Case("program: CSP Direct", "\u{FEFF}program: CSP Direct"),
      Case("program: CSP Direct\n", "# a comment with *stars* and &signs\nprogram: CSP Direct\r\n"),
    ])
  func unusual(_ test: Case) {
    let plan = TestWorkspace.plan.replacing(test.old, with: test.new, maxReplacements: 1)
    let findings = WorkspaceLoader.check(yaml: Array(plan.utf8), file: "plan.yaml")
    #expect(findings.map(Expected.init) == [])
  }

  @Test("names the nearest known key")
  func nearest() {
    let plan = TestWorkspace.plan.replacing("disputeDays", with: "disputeDay")
    let findings = WorkspaceLoader.check(yaml: Array(plan.utf8), file: "plan.yaml")
    #expect(findings.first?.remedy.hasPrefix("Did you mean disputeDays?") == true)
  }

  @Test("shows the line with the place in it")
  func excerpt() {
    let plan = TestWorkspace.plan.replacing("[CSP 1T]", with: "[리셀러\u{202E}, [x]]")
    let findings = WorkspaceLoader.check(yaml: Array(plan.utf8), file: "plan.yaml")
    let text = "aliases: [리셀러\\u{202E}, [x]]"
    #expect(findings.map(\.excerpt) == [Finding.Excerpt(text: text, caret: 23)])
  }

  @Test(
    "has no rates entry that earlier ones leave nothing to",
    arguments: [
      // The same days.
      ("{rate: 1%, from: 2026-01-01}; {rate: 2%, from: 2026-01-01}", [2]),
      // Part of the days.
      ("{rate: 1%, from: 2026-01-01}; {rate: 2%, from: 2026-02-01, to: 2026-03-01}", [2]),
      // One day is left, before or after.
      ("{rate: 1%, from: 2026-01-02}; {rate: 2%, from: 2026-01-01}", []),
      ("{rate: 1%, to: 2026-01-01}; {rate: 2%, to: 2026-01-02}", []),
      // The earlier asks for less, for more, for something else.
      ("{rate: 1%}; {rate: 2%, where: {workload: A}}", [2]),
      ("{rate: 1%, where: {workload: A}}; {rate: 2%}", []),
      ("{rate: 1%, where: {workload: A}}; {rate: 2%, where: {workload: B}}", []),
      ("{rate: 1%, where: {workload: A}}; {rate: 2%, where: {partNumber: 1, workload: A}}", [2]),
      // Several together, in any order, with and without a gap.
      ("{rate: 1%, to: 2026-01-31}; {rate: 2%, from: 2026-02-01}; {rate: 3%}", [3]),
      ("{rate: 1%, from: 2026-02-01}; {rate: 2%, to: 2026-01-31}; {rate: 3%}", [3]),
      ("{rate: 1%, to: 2026-01-31}; {rate: 2%, from: 2026-02-02}; {rate: 3%}", []),
      // Several with different conditions.
      (
        "{rate: 1%, to: 2026-01-31, where: {workload: A}}; {rate: 2%, from: 2026-02-01}; "
          + "{rate: 3%, where: {workload: A}}; {rate: 4%}", [3]
      ),
    ])
  func coverage(entries: String, unreachable: [Int]) {
    let findings = LeverRates.check(entries)
    #expect(findings.map(\.code) == unreachable.map { _ in .X912 })
    #expect(findings.compactMap(\.line) == unreachable.map { $0 + 6 })
  }

  @Test(
    "agrees with trying every day on which rates can be reached", arguments: 0..<40 as Range<UInt64>
  )
  func coverageOracle(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var entries: [(from: Int, to: Int, workload: Int?, part: Int?)] = []
    for _ in 0..<12 {
      let from = Int.random(in: 1...9, using: &generator)
      let workload = Int.random(in: 0...3, using: &generator)
      let part = Int.random(in: 0...3, using: &generator)
      entries.append(
        (
          from, Int.random(in: from...9, using: &generator), workload > 1 ? nil : workload,
          part > 1 ? nil : part
        ))
    }
    var unreachable: [Int] = []
    for (number, entry) in entries.enumerated() {
      let left = (entry.from...entry.to).contains { day in
        !entries[..<number].contains {
          $0.from <= day && day <= $0.to && ($0.workload == nil || $0.workload == entry.workload)
            && ($0.part == nil || $0.part == entry.part)
        }
      }
      if !left { unreachable.append(number + 7) }
    }
    let text = entries.map { entry in
      let conditions = [
        entry.workload.map { "workload: w\($0)" }, entry.part.map { "partNumber: p\($0)" },
      ].compactMap { $0 }.joined(separator: ", ")
      let dates = "from: 2026-01-0\(entry.from), to: 2026-01-0\(entry.to)"
      return "{rate: 1%, \(dates), where: {\(conditions)}}"
    }
    let findings = LeverRates.check(text.joined(separator: "; "))
    #expect(findings.compactMap(\.line) == unreachable)
  }
}

/// A plan with one lever and these rates, one in each line from the seventh on.
enum LeverRates {
  static func check(_ entries: String) -> [Finding] {
    let lines = entries.split(separator: "; ").map { "  - \($0)\n" }.joined()
    let plan = """
      program: P
      currency: USD
      eligibility: enrollment
      levers:
      - {lever: L, earningType: Fee, rates: [
      """ + "\n\n" + lines.replacing("  - ", with: "").replacing("}\n", with: "},\n") + "]}\n"
    return WorkspaceLoader.check(yaml: Array(plan.utf8), file: "plan.yaml")
  }
}

/// Repeatable random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
