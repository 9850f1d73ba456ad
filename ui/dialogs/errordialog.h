// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QDialog>

namespace queuedeck::ui {

/// What went wrong with something a person asked for; it stays until it is read.
class ErrorDialog : public QDialog
{
    Q_OBJECT

public:
    ErrorDialog(const base::Error& error, QWidget* parent);
};

} // namespace queuedeck::ui
