import Banking
import ByteStreams
import CSV
import Domain
import ExactMoney
import FinanceReports
import Ledger

/// The tables of a reconciliation, and the document of its sums.
struct ReconciliationTables {
  private let summary: ReconciliationSummary
  private let period: Period
  /// The files of banks of the period, by number.
  private let bankFiles: [Int: LedgerBankFile]
  private let fileNames: [Int: String]

  init(_ summary: ReconciliationSummary, period: Period) {
    self.summary = summary
    self.period = period
    fileNames = Dictionary(uniqueKeysWithValues: summary.files.map { ($0.number, $0.name) })
    bankFiles = Dictionary(
      uniqueKeysWithValues: summary.files.filter { $0.period == period }.map { ($0.number, $0) })
  }

  /// The files of the report by their names.
  ///
  /// - Throws: ``RunFailure`` with code 70, which cannot happen.
  var files: [(name: String, bytes: [UInt8])] {
    get throws(RunFailure) {
      [
        ("summary.csv", sums), ("payments.csv", payments), ("entries.csv", entries),
        (ReconciliationDocument.name, try document.json()),
      ]
    }
  }

  private var currencies: [Currency] { summary.sums.keys.sorted() }

  private static func text(_ amount: Int128, _ currency: Currency) -> String {
    Money(minorUnits: amount, currency: currency).text
  }

  // MARK: Sums

  /// `summary.csv`: per currency one line of what was issued, one of each thing that became of it,
  /// and what is left, which is nothing.
  var sums: [UInt8] {
    var csv = CSVWriter()
    csv.header(["currency", "line", "age", "payments", "amount"])
    for currency in currencies {
      for line in summary.lines(currency) {
        csv.plain(currency.code)
        csv.plain(line.name)
        csv.plain(line.age)
        csv.plain(String(line.payments))
        csv.plain(line.amount.text)
        csv.endRecord()
      }
    }
    return csv.bytes
  }

  // MARK: Payments

  /// `payments.csv`: what is open, and of what banks have told in the period.
  var payments: [UInt8] {
    var csv = CSVWriter()
    csv.header([
      "paymentId", "participantId", "programName", "period", "currency", "amount",
      "executionDate", "state", "bookedOn", "returnedOn", "difference", "differenceReason",
      "reasonCode", "reason", "remedy", "recognisedBy", "bankFile", "line", "age",
      "putBackIn", "bankStatus",
    ])
    for payment in summary.shown(in: period) { add(payment, to: &csv) }
    return csv.bytes
  }

  private func add(_ payment: ReconciliationSummary.Payment, to csv: inout CSVWriter) {
    let story = payment.story
    let failure = story.event(.returned) ?? story.event(.rejected)
    let reason = failure.map { ReturnReason($0.reason) }
    let difference = payment.differences.last { $0.amount != nil }
    csv.plain(story.payment.paymentId)
    csv.text(story.payment.balance.participantId)
    csv.text(story.payment.balance.program)
    csv.plain(story.payment.period.text)
    csv.plain(story.payment.amount.currency.code)
    csv.plain(story.payment.amount.text)
    csv.plain(payment.executionDay.text)
    csv.plain(payment.state.rawValue)
    csv.plain(story.event(.booked)?.day?.text ?? "")
    csv.plain(story.event(.returned)?.day?.text ?? "")
    csv.plain(difference?.amount?.text ?? "")
    csv.plain(difference?.reason ?? "")
    csv.text(reason?.code ?? "")
    csv.plain(reason?.meaning ?? "")
    csv.plain(reason?.remedy ?? "")
    let last = story.events.last
    csv.plain(last?.step ?? "")
    csv.text(last.flatMap { fileNames[summary.file(of: $0)] } ?? "")
    csv.plain(last.map { String($0.line) } ?? "")
    csv.plain(payment.state == .open ? payment.age.rawValue : "")
    csv.plain(story.putBack?.text ?? "")
    csv.plain(story.statuses.map(\.code).joined(separator: " "))
    csv.endRecord()
  }

  // MARK: Entries

  /// `entries.csv`: every entry of the files of the period.
  var entries: [UInt8] {
    var csv = CSVWriter()
    csv.header([
      "bankFile", "line", "date", "direction", "currency", "amount", "reference", "endToEndId",
      "state", "payments", "paymentId",
    ])
    for entry in summary.entries {
      guard let file = bankFiles[entry.file] else { continue }
      let payments = summary.matched[entry.number] ?? []
      csv.text(file.name)
      csv.plain(String(entry.line))
      csv.plain(entry.day.text)
      csv.plain(entry.isDebit ? "debit" : "credit")
      csv.plain(entry.currency.code)
      csv.plain(entry.amount?.text ?? "")
      csv.text(entry.reference)
      csv.text(entry.endToEndId)
      csv.plain(state(entry))
      csv.plain(String(payments.count))
      csv.plain(payments.count == 1 ? payments[0] : "")
      csv.endRecord()
    }
    return csv.bytes
  }

  private func state(_ entry: LedgerBankEntry) -> String {
    if summary.matched[entry.number] != nil { return "matched" }
    return summary.unknown.contains(entry.number) ? "unknown" : "repeated"
  }

  // MARK: The document

  var document: ReconciliationDocument {
    let files = summary.files.filter { $0.period == period }.map { file in
      ReconciliationDocument.File(
        name: file.name, sha256: file.digest.hex, format: file.format, messageId: file.messageId,
        entries: summary.entries.count { $0.file == file.number }, pending: file.pending)
    }
    return ReconciliationDocument(
      period: period, asOf: summary.asOf, bankFiles: summary.files.last?.number ?? 0,
      files: files,
      sums: currencies.compactMap { currency in
        summary.sums[currency].map { document($0, currency) }
      })
  }

  private func document(
    _ sum: ReconciliationSummary.Sums, _ currency: Currency
  ) -> ReconciliationDocument.Sums {
    func text(_ amount: Int128) -> String { Self.text(amount, currency) }
    func state(_ state: BankState) -> String { text(sum.states[state] ?? 0) }
    let ages = ReconciliationSummary.Age.allCases.map {
      ($0.rawValue, text(sum.open[$0] ?? 0))
    }
    return ReconciliationDocument.Sums(
      currency: currency.code, issued: text(sum.issued), booked: state(.booked),
      returned: state(.returned), rejected: state(.rejected),
      contradicted: state(.contradicted), open: state(.open),
      openByAge: Dictionary(uniqueKeysWithValues: ages), rest: text(sum.rest),
      moved: text(sum.moved), difference: text(sum.difference), bankRest: text(sum.bankRest),
      unknownEntries: sum.unknownEntries, unknown: text(sum.unknown))
  }
}
