// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QFrame>

class QPushButton;

namespace queuedeck::ui {

class Label;

/// One line above a table that says what is the matter, with at most two buttons. It stays until
/// its cause is gone. One per page: the worst wins, which the page decides.
class Strip : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Info, Ok, Warning, Error };

    explicit Strip(QWidget* parent = nullptr); ///< hidden at first

    /// `strong` is set in bold before the text. No button if its text is empty.
    void say(Kind kind, const QString& text, const QString& button = {}, Icon icon = Icon::Count);
    void setStrong(const QString& strong);
    void setSecondButton(const QString& text);
    void setFlush(bool flush); ///< square corners, between a bar and a table
    QString text() const;

Q_SIGNALS:
    void pressed();
    void secondPressed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind = Kind::Info;
    Icon m_icon = Icon::Info;
    bool m_isFlush = false;
    Label* m_strong;
    Label* m_text;
    QPushButton* m_button;
    QPushButton* m_second;
};

} // namespace queuedeck::ui
