import Domain
import Yams

/// A value of a YAML file with its place; scalars stay text, nothing is turned into numbers.
indirect enum YAMLValue {
  case scalar(String, Place)
  case list([YAMLValue], Place)
  case map([(key: String, keyPlace: Place, value: YAMLValue)], Place)

  var place: Place {
    switch self {
    case .scalar(_, let place), .list(_, let place), .map(_, let place): place
    }
  }

  /// What it is, in words.
  var kind: String {
    switch self {
    case .scalar: "a single value"
    case .list: "a list"
    case .map: "keys with values"
    }
  }
}

/// Reads a YAML file as text with places.
enum YAMLFile {
  /// Files and nesting beyond these are not configuration.
  private static let bytesMax = 4 << 20
  private static let depthMax = 32
  /// Aliases can make a small file enormous; what they stand for is counted each time.
  private static let valuesMax = 200_000

  /// Reads a document.
  ///
  /// - Returns: Nil where there is a problem, which is then in `findings`.
  static func read(_ bytes: [UInt8], _ findings: inout FindingList) -> YAMLValue? {
    guard bytes.count <= bytesMax else {
      findings.add(.X902, line: nil, "the file has more than \(bytesMax) bytes")
      return nil
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard Array(text.utf8) == bytes || bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
      findings.add(.X902, line: nil, "the file is not UTF-8")
      return nil
    }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        findings.add(.X902, line: 1, "the file is empty")
        return nil
      }
      var values = 0
      return convert(node, depth: 0, &values, &findings)
    } catch let error as YamlError {
      let (line, column, message) = describe(error)
      findings.add(.X902, line: line, column: column, "not YAML: \(message)")
    } catch {
      findings.add(.X902, line: nil, "not YAML: \(error)")
    }
    return nil
  }

  private static func describe(_ error: YamlError) -> (line: Int?, column: Int?, String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (mark.line, mark.column, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return (context.mark.line, context.mark.column, "the same key twice: \(duplicates)")
    default: return (nil, nil, SafeText.shown("\(error)"))
    }
  }

  private static func convert(
    _ node: Node, depth: Int, _ values: inout Int, _ findings: inout FindingList
  ) -> YAMLValue? {
    let place = Place(
      line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, byteOffset: nil)
    values += 1
    guard values <= valuesMax else {
      if values == valuesMax + 1 {
        findings.add(.X902, line: place.line, "more than \(valuesMax) values")
      }
      return nil
    }
    guard depth < depthMax else {
      findings.add(.X902, line: place.line, "nested deeper than \(depthMax) levels")
      return nil
    }
    switch node {
    case .scalar(let scalar): return .scalar(scalar.string, place)
    case .sequence(let sequence):
      return .list(sequence.compactMap { convert($0, depth: depth + 1, &values, &findings) }, place)
    case .mapping(let mapping): return convert(mapping, place, depth: depth, &values, &findings)
    case .alias: return nil
    }
  }

  private static func convert(
    _ mapping: Node.Mapping, _ place: Place, depth: Int, _ values: inout Int, _ findings: inout FindingList
  ) -> YAMLValue? {
    var entries: [(key: String, keyPlace: Place, value: YAMLValue)] = []
    for (key, value) in mapping {
      let keyPlace = Place(
        line: key.mark?.line ?? place.line, column: key.mark?.column ?? 1, byteOffset: nil)
      guard let name = key.scalar?.string else {
        findings.add(.X902, line: keyPlace.line, column: keyPlace.column, "a key is a single word")
        continue
      }
      guard let value = convert(value, depth: depth + 1, &values, &findings) else { continue }
      entries.append((name, keyPlace, value))
    }
    return .map(entries, place)
  }
}
