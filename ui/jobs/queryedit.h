// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace queuedeck::ui {

/// One line in a fixed font; a pasted line break becomes a space.
class QueryEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit QueryEdit(QWidget* parent = nullptr);

Q_SIGNALS:
    void accepted();
    void left(); ///< Esc or Down: the table wants the focus
    void focusChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace queuedeck::ui
