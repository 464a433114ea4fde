import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout approve`.
struct ApproveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Signs the payments of a closed period, so that their files may be written.",
    discussion: """
      Shows what is paid and what would be signed; with --user and --key it is signed, into
      approvals/<period>/. The user stands with the public key in registry/approvers.csv and did not
      run the close. Exit code 65: the user may not approve, the key is another one, or the files
      were written already; 66: the period is not closed, or there is no such key; 78: the payer has
      no account to pay from.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("A closed period, like 2026-10.", valueName: "period"))
  var period: String

  @Option(help: ArgumentHelp("Who approves: a userId of registry/approvers.csv.", valueName: "id"))
  var user: String?

  @Option(
    help: ArgumentHelp(
      "The user's private key of Ed25519, as openssl writes it (PEM).", valueName: "file"))
  var key: String?

  func validate() throws {
    guard Period(period) != nil else {
      throw ValidationError("a period is a month like 2026-10, not \(SafeText.shown(period))")
    }
    guard (user == nil) == (key == nil) else {
      throw ValidationError("--user and --key go together; without both, nothing is signed")
    }
    if user?.isEmpty == true || key?.isEmpty == true {
      throw ValidationError("--user and --key need a value")
    }
  }

  func run() throws {
    Interruption.begin()
    do throws(RunFailure) {
      var request = ApproveRequest(
        root: try options.root(), period: Period(period) ?? Period(number: 0))
      if let user, let key {
        request.signer = ApproveRequest.Signer(userId: user, keyFile: key)
      }
      request.logger = CommandLogger.make(verbose: options.verbose)
      show(try ApprovePipeline(request).approve(), root: request.root)
    } catch {
      Terminal.fail(error, FindingView(usesColor: Terminal.usesColor(options.color)))
    }
  }

  private func show(_ report: ApproveReport, root: String) {
    if !options.quiet {
      let view = FindingView(usesColor: Terminal.usesColor(options.color))
      let (findings, rest) = report.payments.shown(root: root)
      for finding in findings.listed { Terminal.talk(view.render(finding)) }
      Terminal.talk(rest)
      Terminal.data(report.payments.table + "\n" + report.text)
    }
    let needed = report.payments.approvalsNeeded
    let signed = report.file ?? "none"
    Terminal.data(
      "approve period=\(period) signed=\(signed) approvals=\(report.approvals)/\(needed) exit=0\n")
    if needed == 0 {
      Terminal.talk(
        report.payments.isRecorded
          ? "no approval was asked for: the payment files of \(period) are written\n"
          : "no approval is asked for: payout payments \(period) writes the files\n")
    }
    if report.file != nil, needed > 0, report.approvals >= needed, !report.payments.isRecorded {
      Terminal.talk("all approvals are there: payout payments \(period) writes the files\n")
    }
  }
}
