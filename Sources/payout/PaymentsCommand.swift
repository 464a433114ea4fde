import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout payments`.
struct PaymentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "payments",
    abstract: "Writes the payment files of a closed period, always the same bytes.",
    discussion: """
      Writes payments/<period>/: files for banks, credit notes, what fits no file, payments.csv. A
      close does the same, unless approvals are asked for. Files that are there are never written
      over with others. Exit code 65: approvals are missing, or other files are there; 66: the
      period is not closed; 78: the payer has no account to pay from.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var findings: FindingOptions

  @Argument(help: ArgumentHelp("A closed period, like 2026-10.", valueName: "period"))
  var period: String

  func validate() throws {
    guard Period(period) != nil else {
      throw ValidationError("a period is a month like 2026-10, not \(SafeText.shown(period))")
    }
  }

  func run() throws {
    Interruption.begin()
    do throws(RunFailure) {
      var request = PaymentsRequest(
        root: try options.root(), period: Period(period) ?? Period(number: 0))
      request.logger = CommandLogger.make(verbose: options.verbose)
      let report = try PaymentsPipeline(request).write()
      let code: Int32 = options.failOn.fails(report.worst) ? 1 : 0
      if findings.isDocument {
        var document = report.document(root: request.root)
        document.exitCode = code
        try findings.show(document, options)
      } else {
        try findings.show(report, options, root: request.root)
      }
      findings.summary(report.summary(exit: code))
      Glibc.exit(code)
    } catch {
      findings.fail(error, options, root: try? options.root())
    }
  }
}
