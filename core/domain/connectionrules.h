// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace queuedeck::domain {

/// What kind of database a person works on; shape, word and colour of the band follow from it.
enum class Environment { Local, Test, Staging, Production };

/// How a change is agreed to on a connection.
enum class Safety {
    ReadOnly, ///< never: the database itself refuses changes
    Confirm,  ///< a few rows at once, with Undo; many after a question
    TypeName, ///< always after a question; for many rows the connection's name is typed
};

/// The name a person gave to a connection, and how carefully it is to be treated.
struct ConnectionRules
{
    QString name; ///< empty: the connection has none, and is shown by its database
    Environment environment = Environment::Local;
    Safety safety = Safety::Confirm;
    /// How long a typed name counts, as long as there is input; 0: it is asked each time.
    std::chrono::minutes askAgainAfter{0};

    bool operator==(const ConnectionRules&) const = default;
};

// The words in files: "production", "type-name". None for any other text.
QString environmentText(Environment environment);
std::optional<Environment> environmentFrom(const QString& text);
QString safetyText(Safety safety);
std::optional<Safety> safetyFrom(const QString& text);

} // namespace queuedeck::domain
