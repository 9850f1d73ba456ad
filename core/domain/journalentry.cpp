// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/journalentry.h"

#include "core/base/account.h"

namespace queuedeck::domain {

Actor Actor::current()
{
    return {base::accountName(), base::hostName()};
}

} // namespace queuedeck::domain
