// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/place.h"

#include <QWidget>

class QAbstractButton;
class QLineEdit;

namespace queuedeck::ui {

/// "Type leora-production to allow it": holds a dialog's button off until the name of the
/// connection is typed, exactly. Hidden, and open, where the place does not ask for it.
class NameGate : public QWidget
{
    Q_OBJECT

public:
    /// `go` is the button that changes something. From now on only the gate enables it.
    NameGate(const Place& place, QAbstractButton* go, QWidget* parent);

    /// Whether the dialog itself would enable the button.
    void setReady(bool ready);
    /// For a change so small that the name need not be typed.
    void waive();
    bool isOpen() const;
    /// What the focus goes to first; null where nothing is to be typed.
    QWidget* field() const;
    /// The button was pressed: the name counts for what comes next, as long as the place says.
    void passed() const;

private:
    void update();

    const Place m_place;
    QAbstractButton* m_go;
    QLineEdit* m_name;
    bool m_isAsking;
    bool m_isReady = false;
};

} // namespace queuedeck::ui
