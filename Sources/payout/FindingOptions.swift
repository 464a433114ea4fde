import ArgumentParser
import Domain
import Pipeline
import Reports

extension FindingFormat: ExpressibleByArgument {}

/// How findings are shown, and where.
///
/// A document of findings goes to standard output or to a file; the summary line then goes to where
/// there is no document, so that a program reads either of them alone.
struct FindingOptions: ParsableArguments {
  @Option(help: "How findings are written: for people, or as docs/findings.md says.")
  var format = FindingFormat.text

  @Option(
    help: ArgumentHelp(
      "Write the findings to a file, in one step; otherwise text goes to standard error and all"
        + " else to standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    if let output, output.isEmpty { throw ValidationError("--output needs the name of a file") }
  }

  /// Whether findings are written as a document, and not only said to people.
  var isDocument: Bool { format != .text || output != nil }

  /// Whether standard output is the document of the findings, and nothing else may be on it.
  var ownsOutput: Bool { format != .text && output == nil }

  /// Shows what a command has to say.
  ///
  /// - Parameter leftOut: Where those are that are not listed.
  /// - Throws: ``RunFailure`` if the document cannot be written.
  func show(
    _ report: FindingReport, _ options: CommonOptions, leftOut: String = "not listed"
  ) throws(RunFailure) {
    if let output {
      try FindingOutput.writeFile(output) { sink in try write(report, leftOut, to: sink) }
    } else if format != .text {
      try FindingOutput.write(report, as: format, to: Terminal.document)
    } else if !options.quiet {
      let view = FindingView(usesColor: Terminal.usesColor(options.color))
      for source in report.sources {
        for finding in source.findings.listed { Terminal.talk(view.render(finding)) }
      }
      if let more = more(report, leftOut) { Terminal.talk(more) }
    }
  }

  /// Shows people what they have to know about payment files.
  ///
  /// - Throws: ``RunFailure`` if it cannot be written.
  func show(
    _ payments: PaymentReport, _ options: CommonOptions, root: String
  ) throws(RunFailure) {
    let (report, rest) = payments.shown(root: root)
    try show(report, options)
    if !options.quiet { Terminal.talk(rest) }
  }

  private func write(
    _ report: FindingReport, _ leftOut: String, to sink: @escaping ([UInt8]) throws -> Void
  ) throws {
    guard format == .text else {
      return try FindingOutput.write(report, as: format, to: sink)
    }
    let view = FindingView(usesColor: false)
    for finding in report.listed { try sink(Array(view.render(finding).utf8)) }
    if let more = more(report, leftOut) { try sink(Array(more.utf8)) }
    if let failure = report.failure { try sink(Array(Terminal.reason(failure).utf8)) }
  }

  private func more(_ report: FindingReport, _ leftOut: String) -> String? {
    report.leftOut == 0 ? nil : "\(report.leftOut) more findings are \(leftOut) (limits.findings)\n"
  }

  /// The last line of a command, for its log.
  func summary(_ line: String) {
    ownsOutput ? Terminal.talk(line) : Terminal.summary(line)
  }

  /// Says why a command ends, and ends it; a document says it, too.
  ///
  /// - Parameter root: The workspace, if one is meant.
  func fail(_ failure: RunFailure, _ options: CommonOptions, root: String?) -> Never {
    let view = FindingView(usesColor: Terminal.usesColor(options.color))
    guard isDocument, failure.code != .interrupted else { Terminal.fail(failure, view) }
    do throws(RunFailure) {
      try show(FindingReport(failure, root: root), options)
    } catch {
      // What cannot be written must not hide why.
      if error.message != failure.message { Terminal.talk(Terminal.reason(error.message)) }
      Terminal.fail(failure, view)
    }
    Terminal.fail(RunFailure(failure.code, failure.message), view)
  }
}
