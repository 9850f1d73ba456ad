// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace queuedeck::ui {

class Strip;

/// Asks for a database address. Opening is up to the program; what went wrong is shown here, and
/// what was typed stays.
class ConnectDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectDialog(QWidget* parent = nullptr);

    void showError(const QString& line);

signals:
    void openWanted(const QString& address, bool isReadOnly);

private:
    void chooseFile();
    void want(bool isReadOnly);

    QLineEdit* m_address;
    Strip* m_strip;
    QPushButton* m_open;
    QPushButton* m_openReadOnly;
};

} // namespace queuedeck::ui
