import Foundation
import Testing

@Suite("docs/ci.md")
struct CIDocumentTests {
  /// The commands that it shows, without what a shell does with them.
  static let commands: [[String]] = {
    let url = Program.root.appending(path: "docs/ci.md")
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    return text.matches(of: #/(?m)^[ \-]*(?:run: )?payout (check [^|\n]+)/#).map { match in
      match.1.split(separator: " ").map(String.init)
    }
  }()

  @Test("there are four commands in it")
  func count() {
    #expect(Self.commands.count == 4)
  }

  @Test("each ends as it says, and writes its document", arguments: commands)
  func run(command: [String]) throws {
    let root = try Program.workspace("csp")
    let file = Program.temporary()
    defer {
      Program.remove(root)
      Program.remove(file)
    }
    var arguments = command
    let workspace = try #require(arguments.firstIndex(of: "samples/csp"))
    arguments[workspace] = root.path
    let output = arguments.firstIndex(of: "--output").map { $0 + 1 }
    if let output { arguments[output] = file.path }
    let result = try Program.run(arguments)
    #expect(result.code == (command.contains("never") ? 0 : 1), "\(result.talk)")
    let document =
      output == nil ? result.output : try String(contentsOf: file, encoding: .utf8)
    let format = try #require(arguments.firstIndex(of: "--format"))
    let begins = [
      "sarif": "{\"$schema\"", "github": "::", "junit": "<?xml", "json": "{\"findings\"",
    ]
    #expect(document.hasPrefix(try #require(begins[arguments[format + 1]])))
  }
}
