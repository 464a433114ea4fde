import XMLStream

/// What a document says, and how it fails, does not depend on where it is cut.
///
/// The first byte chooses the cut, the rest is the document.
func fuzzXML(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let document = Array(bytes.dropFirst())
  let whole = reading(document, chunk: document.count + 1)
  precondition(reading(document, chunk: 1 + Int(choice)) == whole)
}

private struct Reading: Equatable {
  var events: [Int] = []
  var values: [[UInt8]] = []
  var fault: XMLFault?
}

private func reading(_ document: [UInt8], chunk: Int) -> Reading {
  let limits = XMLLimits(depth: 8, value: 4096)
  let reader = XMLStreamReader(names: ["a", "id"], namespace: "urn:x", limits: limits)
  var reading = Reading()
  var events = XMLEvents()
  var start = 0
  repeat {
    let end = min(start + chunk, document.count)
    do throws(XMLFault) {
      try reader.parse(document[start..<end].span, isLast: end == document.count, into: &events)
    } catch {
      reading.fault = error
    }
    for index in 0..<events.kinds.count {
      reading.events += [
        Int(events.names[index]), Int(events.line[index]), Int(events.column[index]),
      ]
      reading.values.append(
        Array(events.bytes[Int(events.valueStart[index])..<Int(events.valueEnd[index])]))
    }
    start = end
  } while start < document.count && reading.fault == nil
  return reading
}
