// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/record.h"

#include <algorithm>

namespace queuedeck::tabular {

bool Record::isBlank() const
{
    return std::all_of(cells.begin(), cells.end(),
                       [](const QString& cell) { return cell.trimmed().isEmpty(); });
}

} // namespace queuedeck::tabular
