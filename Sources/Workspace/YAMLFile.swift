import Domain
import Yams

/// Reads a YAML file as text with places.
struct YAMLFile {
  private static let depthMax = 32
  private static let valuesMax = 200_000

  private var cursor: ColumnCursor
  private var values = 0
  private var isRefused = false

  private init(_ text: String) {
    cursor = ColumnCursor(text)
  }

  /// Reads a document.
  ///
  /// - Returns: Nil where there is a problem, which is then in `findings`.
  static func read(_ bytes: [UInt8], _ findings: inout FindingList) -> YAMLValue? {
    guard let text = YAMLText.read(bytes, &findings) else { return nil }
    var file = YAMLFile(text)
    do {
      // Without a resolver: it would look for numbers and dates, and here texts stay texts.
      let parser = try Parser(
        yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
      guard let node = try parser.singleRoot() else {
        findings.add(
          .X902, at: nil, "the file is empty", remedy: "Write its keys, or remove the file.")
        return nil
      }
      // Nodes hold their anchors weakly, the parser holds them.
      let value = withExtendedLifetime(parser) { file.convert(node, depth: 0, &findings) }
      return file.isRefused ? nil : value
    } catch let error as YamlError {
      file.report(error, &findings)
    } catch {
      findings.add(.X902, at: nil, "not YAML: \(error)", remedy: "Mend its syntax.")
    }
    return nil
  }

  // MARK: What the parser refuses

  private mutating func report(_ error: YamlError, _ findings: inout FindingList) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let begin = context.map { " (\($0.text), which begins in line \($0.mark.line))" } ?? ""
      let place = cursor.place(mark)
      let message = problem.hasPrefix("Maximum nesting") ? "nested too deeply" : problem
      let isTab = cursor.byte(at: place) == 0x09
      findings.add(
        .X902, at: place, "not YAML: \(message)\(begin)",
        remedy: isTab
          ? "Indent with blanks; a tab stands here."
          : "Mend the syntax here or in the line above: indentation, quotes, brackets, colons.")
    case .reader(let problem, let offset, _, let yaml):
      let bytes = Array(yaml.prefix(offset ?? 0).utf8)
      findings.add(
        .X902, at: YAMLText.place(bytes.span, bytes.count), "not YAML: \(problem)",
        remedy: "Remove the character.")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { SafeText.shown($0) }.joined(separator: ", ")
      findings.add(
        .X906, at: cursor.place(context.mark), field: duplicates.first ?? "",
        value: duplicates.first ?? "", "the same key stands twice at one level: \(keys)",
        remedy: "Keep one of the two.")
    default:
      findings.add(.X902, at: nil, "not YAML", remedy: "Mend its syntax.")
    }
  }

  // MARK: From nodes to values

  /// Those of values without a tag, as YAML 1.1 names what they look like.
  private static let knownTags = Set(
    ["bool", "float", "int", "map", "merge", "null", "seq", "str", "timestamp", "value"].map {
      "tag:yaml.org,2002:" + $0
    })

  private mutating func convert(
    _ node: Node, depth: Int, _ findings: inout FindingList
  ) -> YAMLValue? {
    guard !isRefused else { return nil }
    let place = node.mark.map { cursor.place($0) } ?? Place(line: 1, column: 1, byteOffset: nil)
    values += 1
    if values > YAMLFile.valuesMax {
      refuse(place, "more than \(YAMLFile.valuesMax) values", "Split the file.", &findings)
    } else if depth > YAMLFile.depthMax {
      refuse(
        place, "nested deeper than \(YAMLFile.depthMax) levels", "Write it flatter.", &findings)
    } else if node.anchor != nil {
      refuse(
        place, "anchors (&name) and aliases (*name) are not read",
        "Write out what the alias stands for.", &findings)
    } else if !YAMLFile.knownTags.contains(node.tag.description) {
      refuse(place, "tags (!name) are not read", "Remove the tag.", &findings)
    }
    guard !isRefused else { return nil }
    switch node {
    case .scalar(let scalar):
      return YAMLFile.isNothing(scalar) ? .nothing(place) : .scalar(scalar.string, place)
    case .sequence(let sequence):
      return .list(sequence.compactMap { convert($0, depth: depth + 1, &findings) }, place)
    case .mapping(let mapping):
      return .map(mapping.compactMap { entry($0, $1, depth: depth + 1, &findings) }, place)
    case .alias: return nil
    }
  }

  private mutating func refuse(
    _ place: Place, _ message: String, _ remedy: String, _ findings: inout FindingList
  ) {
    findings.add(.X902, at: place, message, remedy: remedy)
    isRefused = true
  }

  private mutating func entry(
    _ key: Node, _ value: Node, depth: Int, _ findings: inout FindingList
  ) -> YAMLValue.Entry? {
    let place = key.mark.map { cursor.place($0) } ?? Place(line: 1, column: 1, byteOffset: nil)
    guard case .scalar(let scalar) = key, scalar.anchor == nil else {
      refuse(place, "a key is a single word", "Put the key in quotes if it is a text.", &findings)
      return nil
    }
    return convert(value, depth: depth, &findings).map {
      YAMLValue.Entry(key: scalar.string, keyPlace: place, value: $0)
    }
  }

  private static func isNothing(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }
}
