// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/filterlexer.h"

namespace queuedeck::domain {

/// Makes the node of a Condition or Text token: a term, any of several terms if values are
/// separated by commas, or the negation of either for `!=`.
tl::expected<FilterNode, TextError> makeFilterNode(const FilterToken& token);

} // namespace queuedeck::domain
