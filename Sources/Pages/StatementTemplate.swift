import BuiltInTemplates
package import Documents
package import Domain
import Mustache

/// The page of statements as a workspace or the program has it, checked.
///
/// A template is rendered once per language: what is the same on every statement is put in, and what
/// differs is marked. A statement is then made by copying what stands between the marks, so that
/// it costs what its own bytes cost.
package struct StatementTemplate: Sendable {
  /// Why a template cannot be used.
  package struct Fault: Error {
    /// Both count from 1; the column in characters.
    package var line: Int
    package var column: Int
    package var message: String
    package var remedy: String
  }

  /// How deep sections may stand within sections.
  private static let sectionsMax = 32

  private let template: MustacheTemplate

  /// The program's own.
  package static func builtIn() -> StatementTemplate {
    do throws(Fault) {
      return try StatementTemplate(BuiltInTemplates.statement)
    } catch {
      preconditionFailure("the page that comes with the program: \(error.message)")
    }
  }

  /// - Throws: ``Fault``.
  package init(_ text: String) throws(Fault) {
    try StatementTemplate.checkCharacters(text)
    try StatementTemplate.checkTags(text)
    do {
      template = try MustacheTemplate(string: text)
    } catch let error as MustacheTemplate.ParserError {
      throw Fault(
        line: error.context.lineNumber, column: error.context.columnNumber,
        message: StatementTemplate.message(error.error),
        remedy: "Tags are {{name}} and {{{name}}}; a section {{#name}} ends with {{/name}}.")
    } catch {
      throw Fault(
        line: 1, column: 1, message: "it is no template", remedy: "See docs/statements.md.")
    }
    try checkNames(text)
  }

  /// The page for a language and a period.
  ///
  /// - Parameter isFinal: Whether the period is closed.
  package func page(
    _ design: StatementDesign, _ language: StatementLanguage, payer: Payer, period: Period,
    isFinal: Bool
  ) -> StatementPage {
    let names = TemplateNames(
      design, language, payer: payer, period: StatementFormat(language).text(period),
      isFinal: isFinal)
    return StatementPage(template.render(names), texts: design.texts(in: language))
  }

  // MARK: Checks

  private static func checkCharacters(_ text: String) throws(Fault) {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let place = line.unicodeScalars.firstIndex(where: { isControl($0) }) else { continue }
      throw Fault(
        line: number + 1,
        column: line.unicodeScalars.distance(from: line.startIndex, to: place) + 1,
        message: "a control character", remedy: "Remove it.")
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\t" && scalar != "\r" || scalar.value == 0x7F
  }

  private static func checkTags(_ text: String) throws(Fault) {
    var depth = 0
    for tag in TemplateTag.all(in: text) {
      switch tag.kind {
      case .value: continue
      case .opening: depth += 1
      case .closing: depth -= 1
      case .partial, .delimiters: throw unknown(tag, text)
      }
      // The library goes down into sections within sections, until its stack ends.
      guard depth > sectionsMax else { continue }
      throw fault(
        text, at: tag.place, "sections within sections, more than \(sectionsMax) deep",
        remedy: "Close those that are not needed.")
    }
  }

  private static func unknown(_ tag: TemplateTag, _ text: String) -> Fault {
    tag.kind == .partial
      ? fault(
        text, at: tag.place, "partial templates and blocks are not known here",
        remedy: "Write everything into this one file.")
      : fault(
        text, at: tag.place, "other delimiters are not known here",
        remedy: "Tags are {{name}} and {{{name}}}.")
  }

  /// The library leaves out what it does not know; here it is a fault.
  private func checkNames(_ text: String) throws(Fault) {
    for isFinal in [false, true] {
      let names = TemplateNames(
        StatementDesign(), .english, payer: Payer(), period: "", isFinal: isFinal)
      _ = template.render(names)
      guard let unknown = names.unknown.names.first else { continue }
      let place = text.firstRange(of: unknown)?.lowerBound ?? text.startIndex
      throw StatementTemplate.fault(
        text, at: place, "there is nothing of the name \(SafeText.shown(unknown))",
        remedy: "Known here: \(TemplateNames.known.joined(separator: ", ")).")
    }
  }

  private static func fault(
    _ text: String, at place: String.Index, _ message: String, remedy: String
  ) -> Fault {
    let lines = text[..<place].split(separator: "\n", omittingEmptySubsequences: false)
    return Fault(
      line: max(1, lines.count), column: (lines.last?.count ?? 0) + 1, message: message,
      remedy: remedy)
  }

  private static func message(_ error: any Error) -> String {
    switch error as? MustacheTemplate.Error {
    case .sectionCloseNameIncorrect: "a section ends that did not begin, or another one is open"
    case .unfinishedName: "a tag that is not closed"
    case .expectedSectionEnd: "a section that does not end"
    default: "the file ends inside a tag, or the tag cannot be read"
    }
  }
}
