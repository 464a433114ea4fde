import Foundation
import Testing

/// Checks JSON against a schema of `schemas/`, as far as those schemas go: `type`, `required`,
/// `properties`, `additionalProperties`, `items`, `enum`, `pattern`, `minimum` and `$ref`.
struct SchemaShape {
  private static let known: Set<String> = [
    "$schema", "$id", "$defs", "title", "description", "type", "required", "properties",
    "additionalProperties", "items", "enum", "pattern", "minimum", "$ref",
  ]

  private let root: [String: Any]

  /// - Parameter name: Of the file in `schemas/`.
  init(_ name: String) throws {
    let url = Program.root.appending(path: "schemas/" + name)
    let read = try JSONSerialization.jsonObject(with: try Data(contentsOf: url))
    root = try #require(read as? [String: Any])
  }

  /// What is not as the schema says; empty if all is.
  func faults(_ json: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    return try check(value, root, "$")
  }

  private func check(_ value: Any, _ schema: [String: Any], _ path: String) throws -> [String] {
    let unknown = Set(schema.keys).subtracting(Self.known)
    try #require(unknown.isEmpty, "the checker does not know \(unknown)")
    if let reference = schema["$ref"] as? String {
      let definitions = try #require(root["$defs"] as? [String: Any])
      let name = reference.replacing("#/$defs/", with: "")
      return try check(value, try #require(definitions[name] as? [String: Any]), path)
    }
    var faults: [String] = []
    let types = (schema["type"] as? String).map { [$0] } ?? schema["type"] as? [String] ?? []
    if !types.isEmpty, !types.contains(where: { Self.isOf(value, type: $0) }) {
      faults.append("\(path) is not \(types)")
    }
    faults += try checkText(value, schema, path)
    if let number = value as? Int, let minimum = schema["minimum"] as? Int, number < minimum {
      faults.append("\(path) is below \(minimum)")
    }
    if let object = value as? [String: Any] { faults += try check(object: object, schema, path) }
    if let array = value as? [Any], let items = schema["items"] as? [String: Any] {
      for (index, item) in array.enumerated() {
        faults += try check(item, items, "\(path)[\(index)]")
      }
    }
    return faults
  }

  private func checkText(_ value: Any, _ schema: [String: Any], _ path: String) throws -> [String] {
    guard let text = value as? String else { return [] }
    if let allowed = schema["enum"] as? [String], !allowed.contains(text) {
      return ["\(path) is none of \(allowed): \(text)"]
    }
    if let pattern = schema["pattern"] as? String, try text.firstMatch(of: Regex(pattern)) == nil {
      return ["\(path) does not match \(pattern): \(text)"]
    }
    return []
  }

  private func check(
    object: [String: Any], _ schema: [String: Any], _ path: String
  ) throws -> [String] {
    let properties = schema["properties"] as? [String: Any] ?? [:]
    var faults = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
      .map { "\(path) has no \($0)" }
    for (key, value) in object {
      if let property = properties[key] as? [String: Any] {
        faults += try check(value, property, "\(path).\(key)")
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        faults += try check(value, others, "\(path).\(key)")
      } else if schema["additionalProperties"] as? Bool == false {
        faults.append("\(path) may not have \(key)")
      }
    }
    return faults
  }

  private static func isOf(_ value: Any, type: String) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "boolean": (value as? NSNumber).map { isBoolean($0) } ?? (value is Bool)
    case "integer": value is Int
    case "null": value is NSNull
    default: false
    }
  }

  /// Numbers and booleans are both `NSNumber`: a boolean has the type of a C character.
  private static func isBoolean(_ number: NSNumber) -> Bool {
    unsafe String(cString: number.objCType) == "c"
  }
}
