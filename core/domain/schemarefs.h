// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonObject>

namespace queuedeck::domain {

/// The schema with sound references: each `$ref` names a place in the schema itself, in one
/// spelling, and following references always leads deeper into the payload. So validation recurses
/// no deeper than the payload. A tree that refers to itself through `properties` or `items` is
/// sound; `{"$ref":"#"}` is not. Invalid names the offending reference. Pure.
base::Result<QJsonObject> withSoundReferences(const QJsonObject& schema);

} // namespace queuedeck::domain
