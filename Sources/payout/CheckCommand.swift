import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates feeds, plans and registries without side effects.",
    discussion: """
      With a workspace, feeds are checked against its registry and plans; without one, what needs
      them is left out. Without files, the workspace and its inbox are checked.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: "Feeds, plans, or files of a registry.")
  var files: [String] = []

  func validate() throws {
    if files.contains("") { throw ValidationError("the name of a file is empty") }
  }

  func run() throws {
    let text = FindingText(usesColor: Terminal.usesColor(options.color))
    do throws(RunFailure) {
      let root =
        try options.workspace.map(WorkspaceLocation.named)
        ?? WorkspaceLocation.nearest(to: files.first)
      let report = try CheckPipeline(files: files, root: root).run()
      for finding in report.findings where !options.quiet { Terminal.talk(text.render(finding)) }
      if report.leftOut > 0 {
        Terminal.talk("\(report.leftOut) more findings are not listed (limits.findings)\n")
      }
      if !report.usedWorkspace, report.files.contains(where: \.isFeed) {
        Terminal.talk(
          "no workspace: partners, programs, levers and rates were not checked (R205-R209, R213)\n")
      }
      let code: Int32 = options.failOn.fails(report.worst) ? 1 : 0
      let rows = report.files.reduce(0) { $0 + $1.rows }
      Terminal.data(
        "files=\(report.files.count) rows=\(rows) findings=\(report.findings.count + report.leftOut)"
          + " exit=\(code)\n")
      Glibc.exit(code)
    } catch {
      Terminal.fail(error, text)
    }
  }
}
