// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QAbstractButton>

namespace queuedeck::ui {

/// A wide button on the first-run page: icon, title, a sentence, an arrow.
class ChoiceButton : public QAbstractButton
{
    Q_OBJECT
public:
    ChoiceButton(Icon icon, const QString& title, const QString& text, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Icon m_drawing;
    QString m_sentence;
};

} // namespace queuedeck::ui
