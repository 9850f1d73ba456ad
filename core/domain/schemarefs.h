// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonObject>

namespace queuedeck::domain {

/// A JSON Schema whose references end: each `$ref` names a place in the schema itself, in one
/// spelling, and following them always comes to a part of the payload that lies deeper. So who
/// checks a payload by it goes no deeper than the payload. A tree that refers to itself through
/// `properties` or `items` is such a schema; `{"$ref":"#"}` is none.
/// Invalid names the reference that is at fault. Pure.
base::Result<QJsonObject> withSoundReferences(const QJsonObject& schema);

} // namespace queuedeck::domain
