import ArgumentParser
import Glibc
import Pipeline

/// `payout diff`.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says what changed between two runs or periods, and why.",
    discussion: """
      Compares what was written: outbox/<period>/ of a period, or any output directory. For each
      partner, program and currency the payments differ by causes that add up to the difference.
      A run replaces the draft before it; to compare the two, keep it: cp -al outbox/2026-10
      /somewhere/before, run, and diff /somewhere/before 2026-10. Exit code 66: there is no such
      output; 65: it is not what was written.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("A period, or an output directory.", valueName: "a"))
  var a: String

  @Argument(help: ArgumentHelp("A period, or an output directory.", valueName: "b"))
  var b: String

  @Option(help: "Text for people, or JSON by schemas/diff.schema.json.")
  var format = DocumentFormat.text

  func validate() throws {
    if a.isEmpty || b.isEmpty { throw ValidationError("name two periods or output directories") }
  }

  func run() throws {
    do throws(RunFailure) {
      let root =
        try options.workspace.map(WorkspaceLocation.named) ?? WorkspaceLocation.nearest()
      let diff = try DiffPipeline(root: root, a: a, b: b).run()
      switch format {
      case .text: Terminal.data(DiffText(style: TextStyle(options.color)).render(diff))
      case .json: Terminal.data(try diff.json())
      }
    } catch {
      Terminal.fail(error, FindingView(usesColor: Terminal.usesColor(options.color)))
    }
  }
}
