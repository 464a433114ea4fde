import Documents
import Domain
import ExactMoney
import PrintBlocks
import Prints
import TestSupport
import Testing

@Suite("Statements as blocks of a page")
struct StatementPrintTests {
  /// A partner's settlement that a test changes.
  private static func settlement() throws -> Settlement {
    var settlement = Settlement(partner: 0, program: 0, currency: try currency("EUR"))
    settlement.subtotals = [
      Subtotal(
        period: try period("2026-10"), lever: 0, earningType: .rebate,
        earnedCurrency: try currency("EUR"), earned: try amount("1234.5"),
        exchangeRate: try rate("1"), amount: try money("1234.50"), coop: try money("0"))
    ]
    settlement.earned = try money("1234.50")
    settlement.gross = try money("1234.50")
    settlement.totalPayment = try money("1234.50")
    settlement.closing = try money("0")
    settlement.status = .upcoming
    settlement.paymentId = "PAY-1"
    return settlement
  }

  private static func document(
    _ settlement: Settlement, name: String = "Fabrikam", language: String = "en",
    isFinal: Bool = true, paidOn: Day? = nil, design: StatementDesign = StatementDesign()
  ) throws -> PrintDocument {
    var partner = Partner(participantId: "1", name: name, role: .directBill, country: "DE")
    partner.language = language
    var payer = Payer()
    payer.name = "Contoso"
    payer.town = "Dublin"
    let lever = Lever(name: "Core", earningType: .rebate, rule: .given)
    let currency = settlement.currency
    let builder = StatementBuilder(
      registry: Registry(
        partners: [partner], agreements: [[]], competencies: [[]], enrollments: [[]],
        taxProfiles: [[]], paymentProfiles: [[]], users: []),
      plans: Plans([
        Plan(
          program: "Program", currency: currency, eligibility: .all([]), defaultLever: 0,
          levers: [lever], disputeDays: 90, file: "plans/p.yaml")
      ]), exchangeRates: ExchangeRates([:]), payer: payer, period: try period("2026-10"),
      asOf: try day("2026-10-31"), isFinal: isFinal,
      rules: .init(terms: { _, _, _ in (currency, lever) }, threshold: { _, _ in nil }))
    let statement = try builder.document(
      partner: 0, [settlement], page: EarningPage(bytes: [], offsets: []), csvName: "1.csv"
    ) { _ in paidOn }
    return StatementPrint(design, statement.language).document(statement)
  }

  private static func headings(_ document: PrintDocument) -> [String] {
    document.blocks.compactMap { block in
      if case .heading(let level, let text, let aside) = block {
        return "\(level) \(text) \(aside)"
      }
      return nil
    }
  }

  @Test(
    "stand in the order of the page for screens, in the partner's language",
    arguments: [
      (
        "en", "Partner statement, October 2026: Fabrikam",
        [
          "1 Partner statement October 2026", "2 Payments ", "2 Program EUR",
          "3 From opening to closing balance ", "3 Earnings by lever ", "2 Glossary ",
        ]
      ),
      (
        "ko-KR", "파트너 정산서, 2026년 10월: Fabrikam",
        [
          "1 파트너 정산서 2026년 10월", "2 지급 ", "2 Program EUR", "3 기초 잔액에서 기말 잔액까지 ",
          "3 항목별 수익 ", "2 용어 설명 ",
        ]
      ),
    ])
  func order(language: String, title: String, headings: [String]) throws {
    let document = try Self.document(Self.settlement(), language: language)
    #expect(document.title == title)
    #expect(document.language == String(language.prefix(2)))
    #expect(document.date == "2026-10-31")
    #expect(document.author == "Contoso")
    #expect(document.letterhead == PrintText("Contoso, Dublin", .soft))
    #expect(Self.headings(document) == headings)
  }

  @Test("the bridge is a table and bars that end where the next begins")
  func bridge() throws {
    let document = try Self.document(Self.settlement())
    let charted = document.blocks.compactMap { block in
      if case .charted(let tables, let chart) = block { return (tables, chart) }
      return nil
    }
    let (tables, chart) = try #require(charted.first)
    #expect(
      tables.first?.rows.map(\.cells) == [
        [PrintText("Opening balance"), PrintText("0.00")],
        [PrintText("Earnings"), PrintText("1,234.50")],
        [PrintText("Paid out, before taxes"), PrintText("−1,234.50")],
        [PrintText("Closing balance"), PrintText("0.00")],
      ])
    #expect(tables.first?.rows.map(\.kind) == [.total, .plain, .plain, .total])
    #expect(tables.first?.head == ["Item", "Amount EUR"])
    let bars = try #require(chart?.bars)
    #expect(bars.map(\.kind) == [.total, .plus, .paid, .total])
    #expect(bars.map(\.from) == [0, 0, 0, 0])
    #expect(bars.map(\.to) == [0, PrintChart.edge, PrintChart.edge, 0])
  }

  @Test("a balance below zero lies to the left of zero")
  func negative() throws {
    var settlement = Settlement(
      partner: 0, program: 0, currency: try currency("EUR"),
      opening: Opening(balance: try money("-30.00"), coop: try money("0")))
    settlement.subtotals = [
      Subtotal(
        period: try period("2026-10"), lever: 0, earningType: .rebate,
        earnedCurrency: try currency("EUR"), earned: try amount("40"), exchangeRate: try rate("1"),
        amount: try money("40.00"), coop: try money("0"))
    ]
    settlement.earned = try money("40.00")
    settlement.closing = try money("10.00")
    let charts = try Self.document(settlement).blocks.compactMap { block in
      if case .charted(_, let chart) = block { return chart }
      return nil
    }
    let chart = try #require(charts.first)
    #expect(chart.zero == 7500)
    // Opening, earnings, gross (nothing), closing.
    #expect(chart.bars.map(\.from) == [0, 0, 10_000, 7500])
    #expect(chart.bars.map(\.to) == [7500, 10_000, 10_000, 10_000])
  }

  @Test("where nothing has moved there is no chart")
  func noChart() throws {
    let empty = Settlement(partner: 0, program: 0, currency: try currency("EUR"))
    let charts = try Self.document(empty).blocks.filter { block in
      if case .charted(_, nil) = block { return true }
      return false
    }
    #expect(charts.count == 1)
  }

  @Test("what must not be overlooked has a ground of its own")
  func boxes() throws {
    var settlement = try Self.settlement()
    settlement.holds = [.taxProfile]
    let boxes = try Self.document(settlement, isFinal: false).blocks.compactMap { block in
      if case .box(let text) = block { return text.runs.map(\.text).joined() }
      return nil
    }
    try #require(boxes.count == 2)
    #expect(boxes[0] == "Draft: the figures may still change until the month is closed.")
    #expect(boxes[1].hasPrefix("Why the payment is on hold\n"))
    #expect(boxes[1].contains("(H503)\nWhat releases it: "))
    #expect(try Self.document(Self.settlement()).blocks.allSatisfy { $0 != .box(PrintText()) })
  }

  @Test("names from outside cannot act on what stands beside them")
  func names() throws {
    let document = try Self.document(Self.settlement(), name: "A\u{202E}B\nC")
    #expect(document.blocks.contains(.text(PrintText("AB C", .large))))
    #expect(document.title.hasSuffix(": AB C"))
  }

  @Test("accent, texts and a PNG are those of the workspace; other pictures are left out")
  func design() throws {
    var design = StatementDesign()
    design.accent = .init("#123456")
    design.logo = .init(kind: .png, bytes: [1, 2])
    design.replace(.title, in: .english, by: try #require(StatementPhrase("Incentives")))
    let document = try Self.document(Self.settlement(), design: design)
    #expect(document.accent == "#123456")
    #expect(document.logo == [1, 2])
    #expect(document.title.hasPrefix("Incentives, "))
    design.logo = .init(kind: .svg, bytes: [1, 2])
    #expect(try Self.document(Self.settlement(), design: design).logo.isEmpty)
  }
}
