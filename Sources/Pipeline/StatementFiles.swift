import ByteStreams
import Calculation
import Documents
import Domain
import ExactMoney
import Pages
import Prints
import Statements
import Workspace

/// Writes the statements of partners in every format that the workspace asks for.
struct StatementFiles {
  private let names: StatementNames
  private let csv: StatementCSV
  private let xml: StatementXML?
  private let documents: StatementBuilder?
  /// Empty where no HTML is written.
  private let pages: [StatementLanguage: StatementPage]
  /// Empty where no PDF is drawn.
  private let prints: [StatementLanguage: StatementPrint]
  private let workers = PDFWorkers()
  private let paymentDates: PaymentDates
  /// The kind of a logo that no PDF has; nil where there is none, or none is drawn.
  let logoOnlyForScreens: String?
  /// Those that are not drawn again, by path.
  private let publishedPages: [String: StagedDirectory.Output]

  /// - Parameter calculator: What settled the balances.
  init(
    _ session: PeriodSession, _ calculator: SettlementCalculator, names: StatementNames,
    state: DraftState
  ) {
    let workspace = session.workspace
    let (registry, plans) = (workspace.registry, workspace.plans)
    let (feeds, period) = (session.feedNames, session.period)
    let formats = workspace.configuration.formats
    self.names = names
    publishedPages = session.publishedPages
    paymentDates = PaymentDates(session, state: state)
    let logo = workspace.design.logo?.kind
    logoOnlyForScreens = formats.contains("pdf") && logo != .png ? logo?.rawValue : nil
    csv = StatementCSV(registry: registry, plans: plans, period: period, feeds: feeds)
    xml =
      formats.contains("xml")
      ? StatementXML(
        registry: registry, plans: plans, period: period, state: state.rawValue, feeds: feeds)
      : nil
    pages =
      formats.contains("html") ? StatementFiles.pages(workspace, period: period, state: state) : [:]
    prints =
      formats.contains("pdf")
      ? Dictionary(
        uniqueKeysWithValues: StatementLanguage.allCases.map {
          ($0, StatementPrint(workspace.design, $0))
        }) : [:]
    guard !pages.isEmpty || !prints.isEmpty else {
      documents = nil
      return
    }
    documents = StatementBuilder(
      registry: registry, plans: plans, exchangeRates: workspace.exchangeRates,
      payer: workspace.configuration.payer,
      period: period, asOf: session.asOf, isFinal: state == .final,
      waitsForApproval: workspace.configuration.approvals > 0,
      rules: .init(
        terms: { calculator.terms(program: $0, lever: $1, month: $2) },
        threshold: { calculator.threshold(program: $0, currency: $1) }))
  }

  private static func pages(
    _ workspace: LoadedWorkspace, period: Period, state: DraftState
  ) -> [StatementLanguage: StatementPage] {
    Dictionary(
      uniqueKeysWithValues: StatementLanguage.allCases.map { language in
        let page = workspace.template.page(
          workspace.design, language, payer: workspace.configuration.payer, period: period,
          isFinal: state == .final)
        return (language, page)
      })
  }

  /// Writes the statement of a partner; what is drawn as PDF is there after ``finish(_:)``.
  ///
  /// - Parameters:
  ///   - settlements: All of the partner, by program and currency; at least one.
  ///   - page: Where the lines' texts are.
  /// - Throws: ``FileError``; ``MoneyError/overflow``; ``RunFailure`` where no PDF can be drawn.
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
      partner: partner, settlements, page: page, csvName: names.names[partner] + ".csv",
      paymentDate: paymentDates.date)
    if let published = publishedPages[path + ".html"] {
      directory.note(published)
    } else if let html = pages[document.language]?.html(document) {
      try directory.write(path + ".html", html)
    }
    if let published = publishedPages[path + ".pdf"] {
      directory.note(published)
    } else if let print = prints[document.language]?.document(document) {
      try workers.draw(print, to: path + ".pdf", in: directory)
    }
  }

  /// Writes what is still missing.
  ///
  /// - Throws: ``FileError``; ``RunFailure`` where no PDF can be drawn.
  func finish(_ directory: StagedDirectory) throws {
    try workers.finish(directory)
  }

  /// How many characters became boxes in which file, since no installed font has them.
  var missingGlyphs: [(path: String, count: Int)] { workers.missingGlyphs }
}
