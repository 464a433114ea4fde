import ByteStreams
import Calculation
import Documents
import Domain
import ExactMoney
import Pages
import Statements
import Workspace

/// Writes the statements of partners in every format that the workspace asks for.
struct StatementFiles {
  private let names: StatementNames
  private let csv: StatementCSV
  private let xml: StatementXML?
  private let documents: StatementBuilder?
  private let pages: [StatementLanguage: StatementPage]

  /// - Parameter calculator: What settled the balances.
  init(
    _ session: PeriodSession, _ calculator: SettlementCalculator, names: StatementNames,
    state: PeriodDraft.State
  ) {
    let workspace = session.workspace
    let (registry, plans) = (workspace.registry, workspace.plans)
    let (feeds, period) = (session.feedNames, session.period)
    let formats = workspace.configuration.formats
    self.names = names
    csv = StatementCSV(registry: registry, plans: plans, period: period, feeds: feeds)
    xml =
      formats.contains("xml")
      ? StatementXML(
        registry: registry, plans: plans, period: period, state: state.rawValue, feeds: feeds)
      : nil
    guard formats.contains("html") else {
      documents = nil
      pages = [:]
      return
    }
    let payer = workspace.configuration.payer
    documents = StatementBuilder(
      registry: registry, plans: plans, exchangeRates: workspace.exchangeRates, payer: payer,
      period: period, asOf: session.asOf, isFinal: state == .final,
      rules: .init(
        terms: { calculator.terms(program: $0, lever: $1, month: $2) },
        threshold: { calculator.threshold(program: $0, currency: $1) }))
    let template = workspace.template
    pages = Dictionary(
      uniqueKeysWithValues: StatementLanguage.allCases.map { language in
        let page = template.page(
          workspace.design, language, payer: payer, period: period, isFinal: state == .final)
        return (language, page)
      })
  }

  /// Writes the statement of a partner.
  ///
  /// - Parameters:
  ///   - settlements: All of the partner, by program and currency; at least one.
  ///   - page: Where the lines' texts are.
  /// - Throws: ``FileError``; ``MoneyError/overflow``.
  func write(
    partner: Int, _ settlements: [Settlement], page: EarningPage, to directory: StagedDirectory
  ) throws {
    let path = "statements/" + names.names[partner]
    try directory.write(
      path + ".csv", csv.statement(partner: partner, settlements, page: page))
    if let xml {
      try directory.write(
        path + ".xml", xml.statement(partner: partner, settlements, page: page))
    }
    guard let documents else { return }
    let document = try documents.document(
      partner: partner, settlements, page: page, csvName: names.names[partner] + ".csv")
    if let html = pages[document.language]?.html(document) {
      try directory.write(path + ".html", html)
    }
  }
}
