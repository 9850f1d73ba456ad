// SPDX-License-Identifier: GPL-3.0-or-later
// The precompiled header of every core room: small, stable and used nearly everywhere.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
