import ByteStreams
import Documents
import Domain
import Pages

/// Reads what a workspace brings for its statements beside `payout.yaml`: page, style and logo.
struct StatementDesignFiles {
  static let template = "templates/statement.mustache"
  static let style = "templates/statement.css"

  /// A logo and rules of style are in every statement.
  private static let logoBytesMax = 256 << 10
  private static let styleBytesMax = 64 << 10

  private(set) var design = StatementDesign()
  private(set) var page = StatementTemplate.builtIn()
  private(set) var findings: [Finding] = []

  /// - Parameters:
  ///   - root: Of the workspace.
  ///   - read: Reads a file of the workspace and remembers it; nil where there is none.
  init(
    _ settings: StatementSettings, root: String, _ read: (String) -> [UInt8]?
  ) {
    for text in settings.texts {
      guard let language = StatementLanguage(rawValue: text.language),
        let word = StatementWord(name: text.word), let phrase = StatementPhrase(text.text)
      else { continue }
      design.replace(word, in: language, by: phrase)
    }
    design.accent = settings.accent.flatMap(StatementDesign.Colour.init)
    design.accentDark = settings.accentDark.flatMap(StatementDesign.Colour.init)
    if let bytes = read(StatementDesignFiles.template) { readTemplate(bytes) }
    if let bytes = read(StatementDesignFiles.style) { readStyle(bytes) }
    if let path = settings.logo { readLogo(path, root: root, read) }
    reportOthers(root)
  }

  private mutating func readTemplate(_ bytes: [UInt8]) {
    let file = StatementDesignFiles.template
    guard let text = StatementDesignFiles.text(bytes) else {
      return add(.X905, file, "it is not UTF-8", remedy: "Save it as UTF-8.")
    }
    do throws(StatementTemplate.Fault) {
      page = try StatementTemplate(text)
      design.template = text
    } catch {
      var list = FindingList(file: file, bytes: bytes)
      let line =
        text.split(separator: "\n", omittingEmptySubsequences: false)
        .dropFirst(error.line - 1).first ?? ""
      let column = line.prefix(max(0, error.column - 1)).utf8.count + 1
      list.add(
        .X905, at: Place(line: error.line, column: column, byteOffset: nil), error.message,
        remedy: error.remedy)
      findings += list.finished()
    }
  }

  private mutating func readStyle(_ bytes: [UInt8]) {
    let file = StatementDesignFiles.style
    if bytes.count > StatementDesignFiles.styleBytesMax {
      return add(
        .X905, file,
        "it has \(bytes.count) bytes, more than \(StatementDesignFiles.styleBytesMax)",
        remedy: "Leave out what no statement needs: it is in every one.")
    }
    guard let text = StatementDesignFiles.text(bytes) else {
      return add(.X905, file, "it is not UTF-8", remedy: "Save it as UTF-8.")
    }
    if text.contains("</") {
      return add(
        .X905, file, "it contains </, which would end the style", remedy: "Write rules only.")
    }
    design.style = text
  }

  private static func text(_ bytes: [UInt8]) -> String? {
    String(validating: bytes, as: UTF8.self)
  }

  // MARK: The logo

  private mutating func readLogo(
    _ path: String, root: String, _ read: (String) -> [UInt8]?
  ) {
    let full = root + "/" + path
    guard FileSystem.kind(full) == .file else {
      return add(
        .X901, path, "the logo is missing", remedy: "Put the picture there, or correct the path.")
    }
    guard let base = FileSystem.resolve(root), let target = FileSystem.resolve(full),
      target.hasPrefix(base + "/")
    else {
      return add(
        .X905, path, "the logo is a link out of the workspace",
        remedy: "Copy the picture into the workspace.")
    }
    guard let bytes = read(path) else { return }
    if bytes.count > StatementDesignFiles.logoBytesMax {
      return add(
        .X905, path,
        "the logo has \(bytes.count) bytes, more than \(StatementDesignFiles.logoBytesMax)",
        remedy: "Make it smaller: it is in every statement.")
    }
    guard let kind = StatementDesignFiles.kind(bytes) else {
      return add(
        .X905, path, "the logo is no PNG, JPEG or SVG", remedy: "Save the picture as one of them.")
    }
    do throws(PictureCheck.Fault) {
      try StatementDesignFiles.check(bytes, kind)
    } catch {
      return add(
        .X905, path, "the logo cannot be shown: \(error.what)",
        remedy: "Save the picture again, or copy it here once more.")
    }
    design.logo = .init(kind: kind, bytes: bytes)
  }

  private static func kind(_ bytes: [UInt8]) -> StatementDesign.Logo.Kind? {
    if bytes.starts(with: PictureCheck.pngSignature) { return .png }
    if bytes.starts(with: PictureCheck.jpegSignature) { return .jpeg }
    guard let text = text(bytes), text.contains("<svg") else { return nil }
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return start.hasPrefix("<svg") || start.hasPrefix("<?xml") || start.hasPrefix("<!--")
      ? .svg : nil
  }

  private static func check(
    _ bytes: [UInt8], _ kind: StatementDesign.Logo.Kind
  ) throws(PictureCheck.Fault) {
    switch kind {
    case .png: try PictureCheck.checkPNG(bytes)
    case .jpeg: try PictureCheck.checkJPEG(bytes)
    case .svg: break
    }
  }

  // MARK: Problems

  /// A template whose name is wrong would be no template, and nobody would see it.
  private mutating func reportOthers(_ root: String) {
    let known = [StatementDesignFiles.template, StatementDesignFiles.style]
    guard let names = try? FileSystem.listDirectory(root + "/templates") else { return }
    for name in names where name.hasSuffix(".mustache") || name.hasSuffix(".css") {
      let file = "templates/" + name
      if known.contains(file) { continue }
      add(
        .X908, file, "no template has this name",
        remedy: NearestName.remedy("template", file, among: known))
    }
  }

  private mutating func add(
    _ code: FindingCode, _ file: String, _ message: String, remedy: String
  ) {
    findings.append(Finding(code, feed: file, message: message, remedy: remedy))
  }
}
