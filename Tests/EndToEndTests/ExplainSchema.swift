import Foundation
import Testing

/// Checks documents against the schemas in schemas/, as far as these use JSON Schema.
struct ExplainSchema {
  private let root: [String: Any]

  init(_ name: String) throws {
    let url = Program.root.appending(path: "schemas/\(name).schema.json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    root = try #require(object as? [String: Any])
  }

  /// What is wrong with a document: places and reasons.
  func problems(_ document: Any) -> [String] { problems(document, root, "") }

  private func problems(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = String(reference.split(separator: "/").last ?? "")
      let definitions = root["$defs"] as? [String: [String: Any]]
      return definitions?[name].map { problems(value, $0, path) } ?? ["\(path): no \(reference)"]
    }
    if let allowed = schema["enum"] as? [String], !allowed.contains(value as? String ?? "") {
      return ["\(path): \(value) is none of \(allowed)"]
    }
    switch schema["type"] as? String {
    case "object": return object(value, schema, path)
    case "array":
      guard let array = value as? [Any] else { return ["\(path): no array"] }
      let items = schema["items"] as? [String: Any] ?? [:]
      return array.enumerated().flatMap { problems($0.element, items, "\(path)[\($0.offset)]") }
    case "string":
      guard let text = value as? String else { return ["\(path): no string"] }
      guard let pattern = schema["pattern"] as? String else { return [] }
      let matches = text.range(of: pattern, options: .regularExpression) != nil
      return matches ? [] : ["\(path): \(text) does not match \(pattern)"]
    case "integer": return value is Int ? [] : ["\(path): no integer"]
    case "boolean": return value is Bool ? [] : ["\(path): no boolean"]
    default: return schema["enum"] == nil ? ["\(path): the schema has no type"] : []
    }
  }

  private func object(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard let object = value as? [String: Any] else { return ["\(path): no object"] }
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let required = schema["required"] as? [String] ?? []
    let missing = required.filter { object[$0] == nil }.map { "\(path): \($0) is missing" }
    return missing
      + object.flatMap { name, value in
        properties[name].map { problems(value, $0, "\(path).\(name)") }
          ?? ["\(path): \(name) is not in the schema"]
      }
  }
}

/// A document that the program wrote, checked against its schema.
func document(_ schema: String, _ arguments: [String]) throws -> [String: Any] {
  let result = try Program.run(arguments + ["--format", "json"])
  try #require(result.code == 0, "\(result.talk)")
  let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
  #expect(try ExplainSchema(schema).problems(object) == [])
  return try #require(object as? [String: Any])
}
