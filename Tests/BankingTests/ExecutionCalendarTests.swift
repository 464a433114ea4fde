import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("The day on which payments are executed")
struct ExecutionCalendarTests {
}
