import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout reconcile`.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Takes in what banks say of payments.",
    discussion: """
      Reads camt.053, camt.054 and pain.002 of ISO 20022, and a bank's CSV by a profile in bank/.
      What was booked, came back or was rejected is posted and stands in reconciliation/<period>/;
      what came back is the partner's again with the next run. A file that cannot be relied on is
      left out as a whole; a file that was reconciled before does nothing. Exit code 66: a file
      cannot be read, or no period is closed.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var findings: FindingOptions

  @Argument(help: ArgumentHelp("Files of banks.", valueName: "file"))
  var files: [String]

  func run() throws {
    Interruption.begin()
    do throws(RunFailure) {
      var request = ReconcileRequest(root: try options.root(), files: files)
      request.logger = CommandLogger.make(verbose: options.verbose)
      let report = try ReconcilePipeline(request).reconcile()
      let code: Int32 = options.failOn.fails(report.worst) ? 1 : 0
      var document = report.document(files: files)
      document.exitCode = code
      try findings.show(document, options)
      findings.summary(report.summary(exit: code))
      Glibc.exit(code)
    } catch {
      findings.fail(error, options, root: try? options.root())
    }
  }
}
