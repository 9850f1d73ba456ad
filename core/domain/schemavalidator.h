// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <memory>

namespace queuedeck::domain {

/// A JSON Schema (draft 7) prepared for checking payloads. Neither schema nor payload can make it
/// recurse or run without end. Immutable, so usable from any thread.
class SchemaValidator
{
public:
    /// Invalid says what is wrong with the schema.
    static base::Result<std::shared_ptr<const SchemaValidator>> make(const QByteArray& schema);
    static base::Result<std::shared_ptr<const SchemaValidator>> make(const QJsonObject& schema);

    ~SchemaValidator();
    Q_DISABLE_COPY_MOVE(SchemaValidator)

    /// Invalid says which field breaks which rule; Timeout that it took more than 2 seconds.
    base::Status check(const QJsonObject& payload) const;

private:
    struct Parsed;

    SchemaValidator();

    std::unique_ptr<Parsed> m_parsed;
};

} // namespace queuedeck::domain
