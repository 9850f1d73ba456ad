// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace queuedeck::ui {

/// All keys at a glance, from the table of actions. Non-modal, deletes itself.
class KeySheet : public QDialog
{
    Q_OBJECT
public:
    explicit KeySheet(QWidget* parent);
};

/// What Queuedeck is, its version and licence. Deletes itself.
class AboutBox : public QDialog
{
    Q_OBJECT
public:
    explicit AboutBox(QWidget* parent);
};

} // namespace queuedeck::ui
