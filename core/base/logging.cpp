// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"

Q_LOGGING_CATEGORY(lcApp, "queuedeck.app", QtInfoMsg)
Q_LOGGING_CATEGORY(lcDb, "queuedeck.db", QtWarningMsg)
Q_LOGGING_CATEGORY(lcEngine, "queuedeck.engine", QtWarningMsg)
Q_LOGGING_CATEGORY(lcHandlers, "queuedeck.handlers", QtWarningMsg)
